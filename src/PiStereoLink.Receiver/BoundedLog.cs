using System.Collections.Concurrent;

namespace PiStereoLink.Receiver;

/// <summary>
/// A log that strangers cannot fill. Of each kind of line a few are told as they are, so that normal use stays readable; what comes within
/// the same while is counted, and at its end one line says how many there were and what the last one was.
/// </summary>
/// <param name="inner">Where the lines go.</param>
/// <param name="time">The clock of the while.</param>
/// <param name="burst">Lines of one kind, by their event id, that are told within it.</param>
internal sealed partial class BoundedLog(ILogger inner, TimeProvider time, int burst = 20) : ILogger
{
    private static readonly TimeSpan While = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, Kind> kinds = new();

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!kinds.GetOrAdd(eventId.Id, _ => new Kind(inner, time, burst)).IsTooMany(logLevel, () => formatter(state, exception)))
            inner.Log(logLevel, eventId, state, exception, formatter);
    }

    private static partial class Said
    {
        [LoggerMessage(EventId = 44, Message = "Left out within {Seconds:0} s, lines like the one that follows: {Untold}. {Last}")]
        public static partial void LeftOut(ILogger logger, LogLevel level, long untold, double seconds, string last);
    }

    private sealed class Kind(ILogger inner, TimeProvider time, int burst)
    {
        private readonly Lock gate = new();

        // Under the gate.
        private long since, untold;
        private int told;
        private LogLevel level;
        private Func<string> last = static () => "";

        public bool IsTooMany(LogLevel of, Func<string> text)
        {
            lock (gate)
            {
                if (told == 0 || untold == 0 && time.GetElapsedTime(since) >= While)
                    (since, told) = (time.GetTimestamp(), 0);
                if (told < burst)
                {
                    told++;
                    return false;
                }
                (level, last) = (of, text);
                if (untold++ == 0)
                    _ = TellRestAsync(While - time.GetElapsedTime(since));
                return true;
            }
        }

        private async Task TellRestAsync(TimeSpan after)
        {
            await Task.Delay(after > TimeSpan.Zero ? after : TimeSpan.Zero, time);
            (long Untold, LogLevel Level, Func<string> Last) rest;
            lock (gate)
            {
                rest = (untold, level, last);
                (untold, told) = (0, 0);
            }
            var text = rest.Last();
            Said.LeftOut(inner, rest.Level, rest.Untold, While.TotalSeconds, text);
        }
    }
}
