using System.Globalization;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>
/// The folder that pictures are kept in: left/000000.jpg and right/000000.jpg, or 000000.jpg of a single camera. Bytes as they came;
/// a pair is there with both eyes or not at all. Numbers go on where an earlier capture ended.
/// </summary>
public sealed class PictureFolder
{
    private readonly string folder;
    private int next;

    public PictureFolder(string folder)
    {
        this.folder = folder;
        next = new[] { folder, In("left"), In("right") }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Append(-1).Max() + 1;
    }

    /// <summary>Keeps the pictures of one moment.</summary>
    /// <exception cref="IOException">The disk did not take them; neither is there.</exception>
    public void Keep(CapturedPictures pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var name = next.ToString("D6", CultureInfo.InvariantCulture);
        if (pictures.Right is not { } right)
        {
            Write(folder, name, pictures.Left.Span);
        }
        else
        {
            var left = Write(In("left"), name, pictures.Left.Span);
            try
            {
                Write(In("right"), name, right.Span);
            }
            catch
            {
                File.Delete(left);
                throw;
            }
        }
        next++;
    }

    private static string Write(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        DurableFolder.Create(folder);
        var ending = bytes switch { [0x89, (byte)'P', ..] => ".png", [(byte)'P', ..] => ".pnm", _ => ".jpg" };
        var path = Path.Combine(folder, name + ending);
        DurableFile.Write(path, bytes);
        return path;
    }

    private string In(string name) => Path.Combine(folder, name);
}
