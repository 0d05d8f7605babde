using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A device, or a film, with both eyes in one frame: side by side, or as a PS4 camera sends them.</summary>
public sealed class OneDevice(SourceSpec spec, EyeWriter eyes, TimeProvider time, ILogger logger) : ISource
{
    /// <summary>A PS4 camera finds its exposure in about a second; what it gives before is dark.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly DeviceClock clock = new(time);

    public string Name => spec.Addresses[0];

    private bool IsPs4 => spec.Kind == SourceKind.Ps4;

    /// <summary>Waiting for a driver blocks, so it is done beside the caller.</summary>
    public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping) => Task.Run(() => FilmAsync(frames, stopping), CancellationToken.None);

    private async Task FilmAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var asked = IsPs4
            ? new VideoRequest("YUYV", spec.Options.Size ?? (3448, 808), spec.Options.Fps ?? 30)
            : new VideoRequest("MJPG", spec.Options.Size, spec.Options.Fps);
        using var input = VideoInput.Open(spec.Addresses[0], asked);
        DeviceControls.Apply(input, spec.Options, IsPs4);
        SourceLog.Tell(logger, input, asked, cameras: 1);
        var layout = IsPs4 ? spec.Options.Ps4Layout : StereoLayout.SideBySide;
        layout.Regions(input.Mode.Width, input.Mode.Height);        // a size without eyes is said before anything is filmed
        var (pace, started) = (new FilmPace(input, time), time.GetTimestamp());
        while (!stopping.IsCancellationRequested)
        {
            input.Grab();
            var moment = clock.MomentOf(input.PositionMilliseconds);
            if (IsPs4 && input.IsLive && time.GetElapsedTime(started) < WarmUp)
                continue;
            using var picture = input.Retrieve();
            using var pixels = SourcePicture.Decode(picture);
            if (pixels is not null)
                await eyes.SplitAsync(frames, pixels, layout, spec.Options, moment with { ErrorMicroseconds = 0 }, stopping);
            await pace.NextAsync(stopping);
        }
    }
}
