using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A camera behind a camera program: its stdout cut into pictures, each stamped and passed on.</summary>
public sealed class ProgramCamera(CameraSpec spec, PictureSettings pictures, FrameStamper stamper, Tally tally, TimeProvider time, ILogger<ProgramCamera> logger) : ICamera
{
    private readonly TimeSpan framePeriod = TimeSpan.FromSeconds(1 / pictures.Framerate);
    private readonly PictureWatch watch = new(stamper.Camera, tally, time, logger);
    private readonly CameraTally counts = tally.Of(stamper.Camera);

    // Found out once: programs before September 2022.
    private bool hasNoMetadata;

    public CameraName Name => stamper.Camera;

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var lacked = hasNoMetadata;
        var failure = await FilmAsync(frames, stopping);
        if (failure is not null && hasNoMetadata != lacked)
            failure = await FilmAsync(frames, stopping);
        if (failure is not null)
            throw failure;
    }

    /// <summary>Films until stopped, then returns null; else why the program could not go on.</summary>
    private async Task<CameraException?> FilmAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var program = CameraProgram.For(spec);
        var index = await CameraList.IndexAsync(spec, program, time, stopping);
        await using var process = CameraProcess.Film(program, index, pictures, time, withMetadata: !hasNoMetadata);
        // To stop is to stop the program: what it still had to say is read to its end, so no picture is cut.
        using var onStop = stopping.Register(() => process.StopAsync());

        watch.Begin();
        var stalledFor = await Task.Factory.StartNew(() => Read(process, frames), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (stopping.IsCancellationRequested)
            return null;
        watch.CountDamaged();
        if (watch.Failure(program.Name, process.Errors.Lines, stalledFor) is { } failure)
            return failure;
        var exitCode = await process.EndAsync();
        hasNoMetadata |= CameraFault.UnknownOption(process.Errors.Lines) == "--metadata";
        return process.Failure(exitCode, watch.Taken);
    }

    /// <summary>
    /// Passes pictures on until the program's stdout ends, on a thread of its own: it reads, pairs, stamps and sends, and nobody else need wake.
    /// </summary>
    /// <returns>For how long no picture came, where that is why it ended; else null.</returns>
    private TimeSpan? Read(CameraProcess process, ChannelWriter<Frame> frames)
    {
        var metadata = process.Metadata is { } pipe ? new MetadataPairing(pipe, framePeriod, time) : null;
        var stall = new StallClock(framePeriod, pictures.ShutterMicroseconds, time, pictures.SyncTime);
        using var splitter = new MjpegSplitter();
        watch.Watch(splitter);
        while (process.Pictures.Read(splitter.Free, stall.Left) is { } count)
        {
            if (count == 0)
            {
                splitter.End();
                return null;
            }
            splitter.Advance(count);
            while (splitter.TryRead(out var picture))
            {
                // The program counts a picture that came out cut as one of its own.
                var told = metadata?.For(watch.Taken + splitter.Damaged);
                stall.PictureCame(told);
                if (watch.Look(picture))
                {
                    frames.PassOn(stamper.Stamp(picture, splitter.Exif, told, process.Errors.Sensor), tally, counts);
                    continue;
                }
                picture.Dispose();
                _ = process.StopAsync();
            }
        }
        return stall.Limit;
    }
}
