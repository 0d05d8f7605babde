using System.Globalization;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>Where raspistill puts its pictures: whole under their final name, or flushed to stdout.</summary>
internal sealed class StillFiles(StillOptions options, StillCamera camera) : IDisposable
{
    private readonly PictureEncoder encoder = new(options.Common.Framing, options.Encoding, options.Quality, options.Exif, options.Thumbnail, options.Common.Buffers);
    private readonly VideoOutput? stdout = options.Common.Output == "-" ? new VideoOutput("-", flush: true) : null;

    /// <summary>Writes one picture.</summary>
    public void Save(StillPicture picture, long number)
    {
        var bytes = camera.Broken(picture, encoder.Encode(picture));
        if (stdout is not null)
        {
            stdout.Write(bytes);
            return;
        }
        if (options.Common.Output is not { } pattern)
            return;

        var name = FileNames.Numbered(pattern, NumberOf(number));
        var unfinished = name + "~";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The real one says so and goes on.
            Console.Error.WriteLine($"mmal: main: Error opening output file: {unfinished}\nNo output file will be generated\n");
            return;
        }
        File.Move(unfinished, name, overwrite: true);
        if (options.Latest is { } latest)
            Link(latest, name);
    }

    public void Dispose() => stdout?.Dispose();

    private long NumberOf(long number)
    {
        var now = DateTime.Now;
        return options.DateTimeNumbers ? long.Parse(now.ToString("MMddHHmmss", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : options.TimestampNumbers ? new DateTimeOffset(now).ToUnixTimeSeconds()
            : options.FrameStart + number;
    }

    private static void Link(string latest, string name)
    {
        File.Delete(latest + "~");
        File.CreateSymbolicLink(latest + "~", name);
        File.Move(latest + "~", latest, overwrite: true);
    }
}
