using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Files that are whole or absent after a power cut: temporary name, fsync, rename, fsync of the folder. Without the folder's fsync the
/// rename itself can be lost.
/// </summary>
public static class DurableFile
{
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, over the one that is there. Its folder must be there.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing is left of it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var part = Path.Combine(folder, $".{Path.GetFileName(path)}.part");
        try
        {
            using (var file = File.OpenHandle(part, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, fileOffset: 0);
                RandomAccess.FlushToDisk(file);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        DurableFolder.Sync(folder);
    }
}
