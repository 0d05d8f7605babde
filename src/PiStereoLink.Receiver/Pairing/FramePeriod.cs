namespace PiStereoLink.Receiver.Pairing;

/// <summary>
/// The time between two frames of a camera: the median of the gaps between the recent captures in their order, which neither jitter
/// nor lost frames, nor frames that come out of order, move.
/// </summary>
internal sealed class FramePeriod
{
    private const int Kept = 16, Enough = 4;

    private readonly DateTime[] recent = new DateTime[Kept];
    private long count;

    /// <summary>True once a single lost frame can no longer double it.</summary>
    public bool IsKnown => count >= Enough;

    /// <summary>Null before there are two frames; of an even number of gaps the shorter one in the middle.</summary>
    public TimeSpan? Median { get; private set; }

    /// <summary>A frame has come.</summary>
    public void Add(DateTime capturedAt)
    {
        recent[count++ % Kept] = capturedAt;
        Span<DateTime> captures = stackalloc DateTime[(int)Math.Min(count, Kept)];
        recent.AsSpan(0, captures.Length).CopyTo(captures);
        captures.Sort();
        Span<TimeSpan> gaps = stackalloc TimeSpan[captures.Length - 1];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = captures[i + 1] - captures[i];
        gaps.Sort();
        Median = gaps.IsEmpty ? null : gaps[(gaps.Length - 1) / 2];
    }
}
