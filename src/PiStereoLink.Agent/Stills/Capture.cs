using System.Security.Cryptography;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Takes one still and puts it where it belongs, whole or not at all.</summary>
internal sealed class Capture(CaptureOptions options, TimeProvider time)
{
    /// <exception cref="CameraException">There is no picture; the message says why.</exception>
    public async Task<Captured> TakeAsync(CancellationToken stopping)
    {
        var program = StillProgram.For(options.Camera, time);
        var file = options.Output is "-" or null ? Path.Combine(Path.GetTempPath(), $"picture.{options.Pictures.Encoding}") : Path.GetFullPath(options.Output);
        using var folder = StillFolder.Beside(file);

        var index = await program.IndexAsync(options.Camera, stopping);
        Still still;
        using (var led = new StillLed(options.Led, time))
            still = await led.WhileAsync(() => program.TakeAsync(
                index, options.Pictures, options.Settle, Path.Combine(folder.Path, $"picture.{options.Pictures.Encoding}"), stopping));
        var captured = Stamp(still);
        if (options.Freeze is not null)
            Freeze(still, program.Name);
        if (options.Output == "-")
            await ToStdoutAsync(still.Path, stopping);
        else if (options.Output is not null)
        {
            if (still.Raw is not null)
                folder.Deliver(still.Raw, Path.ChangeExtension(file, ".dng"));
            folder.Deliver(still.Path, file);
        }
        return captured;
    }

    /// <summary>Other formats have no place for a stamp; their time is known all the same.</summary>
    private Captured Stamp(Still still)
    {
        if (options.Pictures.Encoding != "jpg")
            return new(options.Output, options.Name, options.Pictures.Encoding!, new FileInfo(still.Path).Length, still, new CaptureClock(time, still.Took).TimeOf(still.Metadata).Utc);

        // No run of an agent counts these pictures: a source and a run of their own keep each unlike any other.
        var run = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
        using var frame = StillPicture.Stamp(still, new FrameStamper(options.Name, Guid.NewGuid().ToString("n"), run, still.Took, time));
        File.WriteAllBytes(still.Path, frame.Bytes.Span);
        return new(options.Output, options.Name, options.Pictures.Encoding!, frame.Bytes.Length, still, frame.CapturedAt);
    }

    private void Freeze(Still still, string program)
    {
        var found = FrozenExposure.From(still.Metadata) ?? throw new CameraException(
            $"{program} has not told exposure, gain and white balance, so there is nothing to freeze. Programs since June 2022 tell, and so does raspistill.");
        var file = Path.GetFullPath(options.Freeze!);
        using var folder = StillFolder.Beside(file);
        var made = Path.Combine(folder.Path, "frozen.json");
        File.WriteAllText(made, found.ToJson() + "\n");
        folder.Deliver(made, file);
    }

    private static async Task ToStdoutAsync(string picture, CancellationToken stopping)
    {
        try
        {
            await using var from = File.OpenRead(picture);
            await using var stdout = Console.OpenStandardOutput();
            await from.CopyToAsync(stdout, stopping);
        }
        catch (IOException e)
        {
            throw new CameraException($"The picture cannot be written to stdout: {e.Message}", e);
        }
    }
}
