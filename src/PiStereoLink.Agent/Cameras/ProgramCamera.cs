using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A camera behind a camera program: its stdout cut into pictures, each stamped and passed on.</summary>
public sealed class ProgramCamera(CameraSpec spec, PictureSettings pictures, FrameStamper stamper, Tally tally, TimeProvider time) : ICamera
{
    private readonly TimeSpan framePeriod = TimeSpan.FromSeconds(1 / pictures.Framerate);

    public CameraName Name => stamper.Camera;

    /// <summary>No picture for so long, and the camera is stalled. 10 s is more than any program takes to begin.</summary>
    private TimeSpan StallLimit => TimeSpan.FromSeconds(Math.Max(10, 3 * framePeriod.TotalSeconds));

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var program = CameraProgram.For(spec);
        await using var process = CameraProcess.Film(program, await CameraList.IndexAsync(spec, program, time, stopping), pictures, time);
        using var stall = new CancellationTokenSource(StallLimit, time);

        // To stop is to stop the program: what it still had to say is read to its end, so no picture is cut.
        using var onStop = stopping.Register(() => process.StopAsync());
        using var onStall = stall.Token.Register(() => process.StopAsync());

        var taken = await ReadAsync(process, frames, stall);
        if (stopping.IsCancellationRequested)
            return;
        if (stall.IsCancellationRequested)
            throw new CameraException($"The camera stalled: no picture for {StallLimit.TotalSeconds:0} s, after {taken}; its program was stopped.");
        throw process.Failure(await process.EndAsync(), taken);
    }

    /// <summary>Passes pictures on until the program's stdout ends; returns how many.</summary>
    private async Task<long> ReadAsync(CameraProcess process, ChannelWriter<Frame> frames, CancellationTokenSource stall)
    {
        await using var metadata = process.Metadata is { } pipe ? new MetadataPairing(pipe, framePeriod, time) : null;
        using var splitter = new MjpegSplitter(process.Output);
        var taken = 0L;
        try
        {
            while (await splitter.ReadAsync(process.Abandoned) is { } picture)
            {
                stall.CancelAfter(StallLimit);
                // The program counts a picture that came out cut as one of its own.
                var told = metadata is null ? null : await metadata.ForAsync(taken + splitter.Damaged);
                taken++;
                frames.PassOn(stamper.Stamp(picture, splitter.Exif, told, process.Errors.Sensor), tally);
            }
        }
        catch (OperationCanceledException) when (process.Abandoned.IsCancellationRequested)
        {
            // The program has ended and left its stdout to somebody else.
        }
        return taken;
    }
}
