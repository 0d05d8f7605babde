using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Faults;

public class Restarts
{
    private readonly Tally tally = new();
    private readonly List<double> pauses = [];
    private readonly Warnings log = new();

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

    [Fact]
    public async Task The_same_failure_is_told_ever_more_rarely_and_a_good_minute_begins_anew()
    {
        await RunAsync(starts: 20, goodStart: 17, CameraTrouble.NoCamera);
        Assert.Equal([1, 2, 4, 8, 16, 18, 19], log.Told);
        Assert.Contains("time 16 in a row", log.Last(at: 16), StringComparison.Ordinal);
    }

    /// <summary>Lets a camera fail so many times; one of its runs takes a minute.</summary>
    private async Task RunAsync(int starts, int goodStart, CameraTrouble trouble)
    {
        using var stop = new CancellationTokenSource();
        var clock = new Clock(pauses, () => { if (pauses.Count == starts) stop.Cancel(); });
        pauses.Clear();
        var camera = new Flaky(number => { log.Start = number + 1; if (number == goodStart) clock.Now += TimeSpan.FromMinutes(1); }, trouble);
        await new Supervisor(tally, clock, log).RunAsync(camera, Channel.CreateUnbounded<Frame>(), stop.Token);
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

    /// <summary>At which starts something was told.</summary>
    private sealed class Warnings : ILogger<Supervisor>
    {
        private readonly List<(int Start, string Text)> lines = [];

        public int Start { get; set; }

        public IEnumerable<int> Told => lines.Select(line => line.Start);

        public string Last(int at) => lines.Last(line => line.Start == at).Text;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                lines.Add((Start, formatter(state, exception)));
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
