namespace PiStereoLink.Receiver.Cameras;

/// <summary>The last 256 values of a measurement, for percentiles. Safe for one writer and many readers.</summary>
public sealed class RecentValues
{
    private const int Capacity = 256;

    private readonly Lock gate = new();
    private readonly double[] values = new double[Capacity];
    private long count;

    public void Add(double value)
    {
        lock (gate)
            values[count++ % Capacity] = value;
    }

    /// <summary>The value that the given share (0 to 1) of the recent ones does not exceed; null when there is none.</summary>
    public double? Percentile(double share)
    {
        double[] sorted;
        lock (gate)
            sorted = values[..(int)Math.Min(count, Capacity)];
        if (sorted.Length == 0)
            return null;
        Array.Sort(sorted);
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
