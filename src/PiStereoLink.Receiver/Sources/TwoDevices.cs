using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A stereo camera that is two devices. Both pictures are taken first and decoded afterwards: decoding takes longer than a picture may be late.</summary>
public sealed class TwoDevices(SourceSpec spec, EyeWriter eyes, TimeProvider time, ILogger logger) : ISource
{
    private const double UsualFps = 30;

    private static readonly (int, int) UsualSize = (1280, 720);

    private readonly DeviceClock clock = new(time);

    public string Name => $"{spec.Addresses[0]} and {spec.Addresses[1]}";

    /// <summary>Waiting for a driver blocks, so it is done beside the caller.</summary>
    public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping) => Task.Run(() => FilmAsync(frames, stopping), CancellationToken.None);

    private async Task FilmAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var asked = new VideoRequest("MJPG", spec.Options.Size ?? UsualSize, spec.Options.Fps ?? UsualFps);
        using var left = VideoInput.Open(spec.Addresses[spec.Options.Swap ? 1 : 0], asked);
        using var right = VideoInput.Open(spec.Addresses[spec.Options.Swap ? 0 : 1], asked);
        foreach (var input in new[] { left, right })
        {
            DeviceControls.Apply(input, spec.Options, isPs4: false);
            SourceLog.Tell(logger, input, asked, cameras: 2);
        }
        var pace = new FilmPace(left, time);
        while (!stopping.IsCancellationRequested)
        {
            left.Grab();
            right.Grab();
            var moment = clock.MomentOf(left.PositionMilliseconds);
            var other = right.IsLive ? clock.MomentOf(right.PositionMilliseconds) : moment;
            using var leftPicture = left.Retrieve();
            using var rightPicture = right.Retrieve();
            await eyes.WriteAsync(frames, StereoEye.Left, leftPicture, spec.Options.Crop, moment, stopping);
            await eyes.WriteAsync(frames, StereoEye.Right, rightPicture, spec.Options.Crop, other, stopping);
            await pace.NextAsync(stopping);
        }
    }
}
