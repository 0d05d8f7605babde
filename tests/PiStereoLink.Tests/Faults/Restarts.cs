using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Faults;

public class Restarts
{
    private readonly Tally tally = new();
    private readonly List<double> pauses = [];

    [Fact]
    public async Task Pauses_grow_to_ten_seconds_and_begin_anew_after_a_good_minute()
    {
        await RunAsync(starts: 8, goodStart: 6, CameraTrouble.Busy);
        Assert.Equal([1, 2, 4, 8, 10, 10, 1, 2], pauses);
    }

    [Fact]
    public async Task Each_is_counted_by_its_reason_in_the_agents_last_line()
    {
        await RunAsync(starts: 3, goodStart: -1, CameraTrouble.NoCamera);
        await RunAsync(starts: 2, goodStart: -1, CameraTrouble.Stalled);
        tally.Of(Flaky.Garden).CountDamaged(4);
        using var line = JsonDocument.Parse(tally.ToJson());
        Assert.Equal("""[{"name":"garden/0","captured":0,"restarts":{"stalled":2,"noCamera":3},"damaged":4}]""", line.RootElement.GetProperty("cameras").GetRawText());
    }

    /// <summary>Lets a camera fail so many times; one of its runs takes a minute.</summary>
    private async Task RunAsync(int starts, int goodStart, CameraTrouble trouble)
    {
        using var stop = new CancellationTokenSource();
        var clock = new Clock(pauses, () => { if (pauses.Count == starts) stop.Cancel(); });
        pauses.Clear();
        var camera = new Flaky(number => { if (number == goodStart) clock.Now += TimeSpan.FromMinutes(1); }, trouble);
        await new Supervisor(tally, clock, NullLogger<Supervisor>.Instance).RunAsync(camera, Channel.CreateUnbounded<Frame>(), stop.Token);
    }

    private sealed class Flaky(Action<int> runs, CameraTrouble trouble) : ICamera
    {
        private int number;

        public static CameraName Garden => new("garden", "0");

        public CameraName Name => Garden;

        public Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
        {
            runs(number++);
            throw new CameraException("It failed.") { Trouble = trouble };
        }
    }

    /// <summary>Waiting takes no time and is written down.</summary>
    private sealed class Clock(List<double> waits, Action waited) : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            waits.Add(dueTime.TotalSeconds);
            waited();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
