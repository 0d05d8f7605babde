using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Depth;

/// <summary>Turns the newest pair of each watched rig into depth.</summary>
public sealed partial class DepthService(RigDirectory rigs, TimeProvider time, ILogger<DepthService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(rigs.All.Select(rig => Task.Run(() => WorkAsync(rig, stoppingToken), stoppingToken)));

    private async Task WorkAsync(Rig rig, CancellationToken stopping)
    {
        using var pipeline = new DepthPipeline(rig.Calibration, rig.Parameters);
        while (true)
        {
            await rig.WatchedAsync(stopping);
            using var pair = await rig.Pairs.ReadAsync(stopping);
            // The mailbox keeps a pair while nobody watches; the first watcher does not want to see the past.
            if (rig.Watchers == 0 || time.GetElapsedTime(pair.PairedAt) > CameraRing.MaxAge)
                continue;
            Work(rig, pipeline, pair);
        }
    }

    private void Work(Rig rig, DepthPipeline pipeline, FramePair pair)
    {
        try
        {
            var frame = pipeline.Process(pair.Left.Bytes.Span, pair.Right.Bytes.Span);
            rig.LatencyMilliseconds.Add((time.GetUtcNow().UtcDateTime - pair.CapturedAt).TotalMilliseconds);
            rig.DepthRate.Add(1);
            rig.Error = null;
            rig.Depth.Publish(new RigDepth(pair.Number, pair.CapturedAt, pair.Left.CameraTime, frame));
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or OpenCvSharp.OpenCVException)
        {
            // A picture that passed the structure check and still cannot be decoded, or a pair of two sizes: the next one may be good.
            if (rig.Error != e.Message)
                Log.NoDepth(logger, rig.Name, e.Message);
            rig.Error = e.Message;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "Rig {Rig} has no depth: {Why}")]
        public static partial void NoDepth(ILogger logger, string rig, string why);
    }
}
