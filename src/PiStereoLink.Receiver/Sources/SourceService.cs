using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Receiver.Sources;

/// <summary>
/// Runs the sources of this machine. One that ends or fails is run again after a pause, so a camera that is plugged in again comes back; its frames go
/// into the same rings as those from the network, and into the store.
/// </summary>
public sealed partial class SourceService(
    IReadOnlyList<RigSpec> rigs, CameraDirectory cameras, TimeProvider time, ILogger<SourceService> logger, FrameStore? store = null) : BackgroundService
{
    private const int Waiting = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(10), GoodRun = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(rigs.Where(rig => rig.Source is not null).Select(rig => SuperviseAsync(rig, stoppingToken)));

    private async Task SuperviseAsync(RigSpec rig, CancellationToken stopping)
    {
        var source = SourcesFeature.Of(rig, cameras, time, logger);
        var (pause, said, times) = (FirstPause, "", 0);
        while (!stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var why = await RunOnceAsync(rig, source, stopping);
            if (stopping.IsCancellationRequested)
                return;
            if (time.GetElapsedTime(started) >= GoodRun)
                (pause, said) = (FirstPause, "");
            (times, said) = (said == why ? times + 1 : 1, why);
            if (int.IsPow2(times))      // a camera that is unplugged for the night does not fill the log
                Log.Ended(logger, rig.Name, why, pause.TotalSeconds, times);
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Why it ended, in a sentence.</summary>
    private async Task<string> RunOnceAsync(RigSpec rig, ISource source, CancellationToken stopping)
    {
        var frames = Channel.CreateBounded<Frame>(Waiting);
        // What is replayed is on the disk already.
        var publishing = PublishAsync(frames.Reader, rig.Source!.Kind == SourceKind.Replay ? null : store, stopping);
        try
        {
            await source.RunAsync(frames.Writer, stopping);
            return $"{source.Name}: no more pictures.";
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or OpenCvSharp.OpenCVException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return "The receiver stops.";
        }
#pragma warning disable CA1031 // Do not catch general exception types: this is the place where a source's failures end
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Unexpected(logger, rig.Name, e);
            return e.Message;
        }
        finally
        {
            frames.Writer.TryComplete();
            await publishing;
        }
    }

    private async Task PublishAsync(ChannelReader<Frame> frames, FrameStore? keeping, CancellationToken stopping)
    {
        var seen = new HashSet<Camera>();
        await foreach (var frame in frames.ReadAllAsync(CancellationToken.None))
        {
            var camera = cameras[frame.Camera];
            if (seen.Add(camera))
                camera.ConnectedHere();
            await TakeAsync(frame, camera, keeping, stopping);
        }
        foreach (var camera in seen)
            camera.Disconnected();
    }

    /// <summary>What is kept is kept first, as with frames from the network.</summary>
    private static async Task TakeAsync(Frame frame, Camera camera, FrameStore? keeping, CancellationToken stopping)
    {
        var scan = JpegScanner.Check(frame.Bytes.Span);
        if (scan.Fault != JpegFault.None || stopping.IsCancellationRequested)
        {
            if (scan.Fault != JpegFault.None)
                camera.CountDropped("bad-jpeg");
            frame.Dispose();
            return;
        }
        try
        {
            if (keeping is not null)
                await keeping.AddAsync(new StoreEntry(frame, camera), stopping);
            camera.Publish(frame, (scan.Width, scan.Height));
        }
        catch (OperationCanceledException)
        {
            frame.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(65, LogLevel.Warning, "Rig {Rig}: {Why} Trying again in {Seconds} s (time {Times} in a row; told ever more rarely).")]
        public static partial void Ended(ILogger logger, string rig, string why, double seconds, int times);

        [LoggerMessage(66, LogLevel.Error, "Rig {Rig}: its source failed in a way nobody foresaw.")]
        public static partial void Unexpected(ILogger logger, string rig, Exception exception);
    }
}
