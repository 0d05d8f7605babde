namespace PiStereoLink.Receiver.Cameras;

/// <summary>Amount a second over the last few seconds; it falls to 0 when nothing comes. Safe for one writer and many readers.</summary>
public sealed class Rate(TimeProvider time)
{
    private const int Seconds = 4;

    private readonly Lock gate = new();
    private readonly double[] amounts = new double[Seconds + 1];   // one for the second under way
    private readonly long start = time.GetTimestamp();
    private long current;

    public void Add(double amount)
    {
        lock (gate)
        {
            MoveOn();
            amounts[current % amounts.Length] += amount;
        }
    }

    /// <summary>Over the seconds that are complete, or since the start when that is less.</summary>
    public double PerSecond
    {
        get
        {
            lock (gate)
            {
                MoveOn();
                var whole = Math.Min(current, Seconds);
                if (whole == 0)
                    return amounts[0] / Math.Max(1e-3, time.GetElapsedTime(start).TotalSeconds);
                var sum = 0.0;
                for (var second = current - whole; second < current; second++)
                    sum += amounts[second % amounts.Length];
                return sum / whole;
            }
        }
    }

    private void MoveOn()
    {
        var now = (long)time.GetElapsedTime(start).TotalSeconds;
        for (var steps = Math.Min(now - current, amounts.Length); steps > 0; steps--)
            amounts[(now - steps + 1) % amounts.Length] = 0;
        current = Math.Max(current, now);
    }
}
