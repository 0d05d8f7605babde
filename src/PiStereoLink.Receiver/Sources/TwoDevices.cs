using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A stereo camera that is two devices. Both pictures are taken first and decoded afterwards: decoding takes longer than a picture may be late.</summary>
public sealed class TwoDevices(SourceSpec spec, EyeWriter eyes, TimeProvider time, ILogger logger) : ISource
{
    private const double UsualFps = 30;

    private static readonly (int, int) UsualSize = (1280, 720);

    private readonly DeviceClock clock = new(time);
    private long drifts;

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
        var turns = new DeviceTurns(new Timed(left, clock), new Timed(right, clock), left.Mode.Fps);
        while (!stopping.IsCancellationRequested)
        {
            var dropped = turns.Dropped;
            var (moment, other) = turns.Take();
            if (turns.Dropped > dropped)
                TellDrift(turns, other.Utc - moment.Utc);
            using var leftPicture = left.Retrieve();
            using var rightPicture = right.Retrieve();
            await eyes.PairAsync(frames, (leftPicture, moment), (rightPicture, other), spec.Options.Crop, stopping);
            await pace.NextAsync(stopping);
        }
    }

    /// <summary>Ever more rarely: two cameras drift for as long as they run.</summary>
    private void TellDrift(DeviceTurns turns, TimeSpan skew)
    {
        if (!long.IsPow2(++drifts))
            return;
        if (turns.IsApart)
            SourceLog.StayApart(logger, Name, skew.Duration().TotalMilliseconds, turns.Period.TotalMilliseconds, drifts);
        else
            SourceLog.Drifted(logger, Name, skew.Duration().TotalMilliseconds, turns.Period.TotalMilliseconds, drifts);
    }

    private sealed class Timed(VideoInput input, DeviceClock clock) : ITurnDevice
    {
        public CaptureMoment Moment { get; private set; }

        public void Grab()
        {
            input.Grab();
            Moment = clock.MomentOf(input.PositionMilliseconds);
        }
    }
}
