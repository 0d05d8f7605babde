namespace PiStereoLink.Agent;

/// <summary>
/// What one answered frame tells of the receiver's clock. All in microseconds; <paramref name="SentAt"/> and <paramref name="HeardAt"/>
/// by our monotonic clock, which nobody sets, the other two since 1970 by the receiver's clock of the day.
/// </summary>
/// <param name="SentAt">t1: noted just before the frame's length header went out.</param>
/// <param name="ArrivedAt">t2: the header was there. What the body takes to arrive comes after it and does not count.</param>
/// <param name="WrittenAt">t3: the answer was about to be written: the frame was on disk, or had arrived where none is kept.</param>
/// <param name="HeardAt">t4: noted when the answer had been read.</param>
public readonly record struct ClockSample(long SentAt, long ArrivedAt, long WrittenAt, long HeardAt)
{
    /// <summary>
    /// How far apart two clocks may run, as one part in so many: 100 millionths, 50 for each, which is what the plain quartzes of small
    /// boards and PCs keep with their age and warmth. NTP reckons with 15 for a clock of its own (RFC 5905, PHI).
    /// </summary>
    public const long Drift = 10_000;

    /// <summary>Four readings cut to whole microseconds, and a half of one.</summary>
    private const long Resolution = 5;

    /// <summary>What the network took, there and back, without the receiver's own time.</summary>
    public long RoundTrip => HeardAt - SentAt - (WrittenAt - ArrivedAt);

    /// <summary>
    /// The receiver's clock less our monotonic one. It is at most t2 - t1, as the header was not there before it was sent, and at least
    /// t3 - t4, as the answer was not read before it was written: this is the middle.
    /// </summary>
    public long Offset => ArrivedAt - SentAt - RoundTrip / 2;

    /// <summary>False when the receiver's clock was set between t2 and t3, or its numbers make no sense.</summary>
    public bool IsPossible => ArrivedAt > 0 && WrittenAt >= ArrivedAt && HeardAt >= SentAt && RoundTrip >= -Resolution;

    /// <summary>Bound of the error of <see cref="Offset"/> at another time: half the round trip, however that splits into there and back, and the drift since.</summary>
    public long ErrorAt(long monotonic) =>
        (Math.Max(RoundTrip, 0) + 1) / 2 + Resolution + (Math.Max(Math.Abs(monotonic - SentAt), Math.Abs(monotonic - HeardAt)) + Drift - 1) / Drift;
}
