namespace PiStereoLink.Agent;

/// <summary>One shot of a timelapse.</summary>
/// <param name="Number">Its place on the grid, from 0; shots that were skipped have numbers too.</param>
/// <param name="Late">How long after its time it could begin.</param>
/// <param name="Skipped">Places on the grid between the shot before and this one.</param>
public readonly record struct Shot(long Number, TimeSpan Late, long Skipped);

/// <summary>
/// When the shots of a timelapse are due: at whole intervals after the first, on the monotonic clock, so neither the length of a shot
/// nor a correction of the Pi's clock makes it drift. A shot that takes longer than the interval skips places and never moves the grid.
/// </summary>
public sealed class ShotGrid
{
    /// <summary>A still takes a program's start; a day is the longest that can be aligned to one.</summary>
    internal const double ShortestSeconds = 0.5, LongestSeconds = 24 * 3600;

    private readonly TimeProvider time;
    private readonly TimeSpan interval;
    private readonly bool aligned;
    private TimeSpan origin;         // of place 0, on the monotonic clock
    private DateTimeOffset wall;     // what the clock on the wall said at the origin
    private long previous = -1;

    /// <param name="time">Both clocks.</param>
    /// <param name="interval">From shot to shot.</param>
    /// <param name="aligned">True: on whole intervals of the local day, such as every hour on the hour; follows when the clock is set.</param>
    public ShotGrid(TimeProvider time, TimeSpan interval, bool aligned)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        (this.time, this.interval, this.aligned) = (time, interval, aligned);
        Anchor();
    }

    /// <summary>From shot to shot.</summary>
    public TimeSpan Interval => interval;

    /// <summary>Waits for the next place on the grid.</summary>
    public async Task<Shot> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = Math.Max(previous + 1, PlaceAt(Now));
            var wait = origin + number * interval - Now;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (aligned && ClockWasSet())
            {
                Anchor();
                continue;
            }
            var late = Now - (origin + number * interval);
            if (late < TimeSpan.Zero)
                continue;       // timers may fire a little early
            var skipped = number - previous - 1;
            previous = number;
            return new Shot(number, late, skipped);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0, time.GetTimestamp());

    /// <summary>The place that is due or has just passed: one that is late by less than half an interval is still worth taking.</summary>
    private long PlaceAt(TimeSpan now)
    {
        var place = (now - origin).Ticks / interval.Ticks;
        var late = (now - origin).Ticks % interval.Ticks;
        return late <= interval.Ticks / 2 ? place : place + 1;
    }

    /// <summary>Place 0 is now, or the next whole interval of the local day; places already taken keep their numbers.</summary>
    private void Anchor()
    {
        var local = time.GetLocalNow();
        var first = TimeSpan.Zero;
        if (aligned)
        {
            var intoInterval = local.TimeOfDay.Ticks % interval.Ticks;
            first = intoInterval == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(interval.Ticks - intoInterval);
        }
        wall = local + first;
        origin = Now + first - (previous + 1) * interval;
        wall -= (previous + 1) * interval;
    }

    /// <summary>The clock on the wall no longer agrees with the grid: it was set, or summer time began.</summary>
    private bool ClockWasSet()
    {
        var expected = wall + (Now - origin);
        var tolerance = interval / 4 < TimeSpan.FromSeconds(1) ? interval / 4 : TimeSpan.FromSeconds(1);
        return (time.GetLocalNow().DateTime - expected.DateTime).Duration() > tolerance;
    }
}
