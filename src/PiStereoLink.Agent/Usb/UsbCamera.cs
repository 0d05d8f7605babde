using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A USB camera: its MJPG as it comes, each picture stamped and passed on.</summary>
public sealed partial class UsbCamera(string camera, PictureSettings pictures, FrameStamper stamper, Tally tally, TimeProvider time, ILogger<UsbCamera> logger) : ICamera
{
    /// <summary>How soon a stop is noticed while no picture comes.</summary>
    internal const int LookUpMilliseconds = 200;

    /// <summary>A rate within a hundredth is the one asked for: 29.97 for 30.</summary>
    private const double SameRate = 0.01;

    private readonly TimeSpan patience = StallLimit.Of(exposure: TimeSpan.Zero, TimeSpan.FromSeconds(1 / pictures.Framerate)) + StallLimit.StartUp;
    private bool damagedTold;

    public CameraName Name => stamper.Camera;

    /// <summary>Waiting for a driver blocks, so it is done on a thread of its own.</summary>
    public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping) =>
        Task.Factory.StartNew(() => Film(frames, stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Film(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        using var video = UsbVideo.Open(camera);
        var mode = video.Choose(pictures);
        Tell(video.Model, mode);
        video.Start(mode);
        var (last, taken) = (time.GetTimestamp(), 0L);
        while (!stopping.IsCancellationRequested)
        {
            switch (video.TryTake(LookUpMilliseconds, out var picture))
            {
                case UsbArrival.Whole:
                    (last, taken) = (time.GetTimestamp(), taken + 1);
                    frames.PassOn(picture.Stamp(stamper, video.Model), tally, tally.Of(Name));
                    break;
                case UsbArrival.Broken:
                    CountDamaged();
                    break;
            }
            if (time.GetElapsedTime(last) > patience)
                throw UsbFault.Stalled(camera, patience, taken);
        }
    }

    private void CountDamaged()
    {
        tally.Of(Name).CountDamaged(1);
        if (damagedTold)
            return;
        damagedTold = true;
        Log.Damaged(logger, camera);
    }

    private void Tell(string model, UsbMode mode)
    {
        Log.Filming(logger, camera, model, mode.Width, mode.Height);
        if (mode.Framerates is not [var rate])
            Log.RateUnknown(logger, camera, pictures.Framerate);
        else if (Math.Abs(rate - pictures.Framerate) > SameRate * pictures.Framerate)
            Log.OtherRate(logger, camera, rate, mode.Width, mode.Height, pictures.Framerate);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Camera}: {Model}, {Width}x{Height}.")]
        public static partial void Filming(ILogger logger, string camera, string model, int width, int height);

        [LoggerMessage(2, LogLevel.Warning, "{Camera} gives {Rate} pictures a second at {Width}x{Height}, not the {Asked} asked for. `agent cameras` lists its rates.")]
        public static partial void OtherRate(ILogger logger, string camera, double rate, int width, int height, double asked);

        [LoggerMessage(3, LogLevel.Warning, "{Camera} has a rate of its own, which it does not tell: --framerate {Asked} has no effect.")]
        public static partial void RateUnknown(ILogger logger, string camera, double asked);

        [LoggerMessage(4, LogLevel.Warning, "{Camera}: a picture came broken and is left out. Further ones are only counted, as damaged. A few at the start are usual; many mean a bad cable or a full USB bus.")]
        public static partial void Damaged(ILogger logger, string camera);
    }
}
