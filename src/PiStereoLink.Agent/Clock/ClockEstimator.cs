namespace PiStereoLink.Agent;

/// <summary>What our monotonic clock has to be corrected by, microseconds.</summary>
/// <param name="Offset">The receiver's clock of the day less our monotonic clock.</param>
/// <param name="Error">At most so much off.</param>
public readonly record struct ClockEstimate(long Offset, long Error);

/// <summary>
/// Chooses among the last 64 samples the one that is nearest to the truth now: the smallest round trip, a little worse with each second.
/// It reckons with the monotonic clock, so that a time server which sets ours changes nothing. Not safe for several threads.
/// </summary>
public sealed class ClockEstimator
{
    private const int Kept = 64;

    private readonly ClockSample[] samples = new ClockSample[Kept];     // the oldest first
    private int count;

    /// <summary>Takes a sample; false when it cannot be one. Those before it that cannot be true beside it go: then the receiver's clock was set.</summary>
    public bool Add(in ClockSample sample)
    {
        if (!sample.IsPossible)
            return false;
        var kept = 0;
        for (var i = count == Kept ? 1 : 0; i < count; i++)
            if (Agree(samples[i], sample))
                samples[kept++] = samples[i];
        samples[kept] = sample;
        count = kept + 1;
        return true;
    }

    /// <summary>The estimate for a moment of the monotonic clock; false before the first sample.</summary>
    public bool TryGet(long monotonic, out ClockEstimate estimate)
    {
        estimate = new ClockEstimate(0, long.MaxValue);
        for (var i = 0; i < count; i++)
            if (samples[i].ErrorAt(monotonic) is var error && error <= estimate.Error)
                estimate = new ClockEstimate(samples[i].Offset, error);
        return count > 0;
    }

    private static bool Agree(in ClockSample one, in ClockSample other) =>
        Math.Abs(one.Offset - other.Offset) <= one.ErrorAt(other.HeardAt) + other.ErrorAt(other.HeardAt);
}
