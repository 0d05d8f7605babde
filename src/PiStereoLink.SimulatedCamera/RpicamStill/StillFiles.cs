using System.Globalization;
using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.RpicamStill;

/// <summary>Where rpicam-still puts its pictures, what it says about them, and under which names.</summary>
internal sealed class StillFiles(StillOptions options, StillCamera camera, bool muteMetadata) : IDisposable
{
    private readonly PictureEncoder encoder = new(
        options.Common.Framing, options.Encoding, options.Quality, new Exif("Raspberry Pi", "imx219", options.Common.Generation.Suite), options.Thumbnail);

    private readonly VideoOutput? stdout = options.Common.Output == "-" && !options.DateTimeNames && !options.TimestampNames ? new VideoOutput("-", flush: false) : null;
    private long number = options.FrameStart;

    /// <summary>Writes one picture, straight into its file: who reads it too early reads a part.</summary>
    public void Save(StillPicture picture)
    {
        var framing = options.Common.Framing;
        if (options.Encoding == "jpg" && (framing.Width % 2 != 0 || framing.Height % 2 != 0))
            throw new CameraException("both width and height must be even");
        var bytes = camera.Broken(picture, encoder.Encode(picture));
        if (stdout is not null)
            stdout.Write(bytes);
        else if (options.Common.Output is { Length: > 0 } pattern)
            SaveAs(NameFor(pattern), bytes, picture);
        number++;
        if (options.Wrap > 0)
            number %= options.Wrap;
        if (options.Common.Metadata is { } about)
            Describe(about, picture);
    }

    /// <summary>Writes what waits: stdout is not flushed after each picture.</summary>
    public void End() => stdout?.End();

    public void Dispose() => stdout?.Dispose();

    private string NameFor(string pattern)
    {
        var now = DateTime.Now;
        if (options.DateTimeNames)
            return $"{pattern}/{now.ToString("MMddHHmmss", CultureInfo.InvariantCulture)}.{options.Encoding}";
        if (options.TimestampNames)
            return $"{pattern}/{new DateTimeOffset(now).ToUnixTimeSeconds()}.{options.Encoding}";
        return FileNames.Numbered(pattern, number);
    }

    private void SaveAs(string name, byte[] bytes, StillPicture picture)
    {
        Write(name, bytes);
        if (options.Raw)
            Write(Path.ChangeExtension(name, ".dng"), RawFile.Of(options.Common.Framing, picture));
        if (options.Latest is not { } latest)
            return;
        File.Delete(latest);
        File.CreateSymbolicLink(latest, name);
    }

    // One object, written anew for each picture: only the newest stays.
    private void Describe(string path, StillPicture picture)
    {
        var entries = Metadata.Of(options.Common.Framing, picture.Reading, picture.Captured, picture.FrameMicroseconds);
        var text = muteMetadata ? "" : options.Common.MetadataAsText ? MetadataText.Plain(entries) : MetadataText.Json(entries) + "\n";
        if (path == "-")
            Console.Out.Write(text);
        else
            File.WriteAllText(path, text);
    }

    private static void Write(string name, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(name, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CameraException("failed to open file " + name);
        }
    }
}
