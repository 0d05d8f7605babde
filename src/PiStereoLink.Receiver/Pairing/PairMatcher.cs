using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>Which eye of a rig.</summary>
public enum Eye
{
    Left,
    Right,
}

/// <summary>
/// Finds pairs by time of capture, one to one: a frame takes the nearest waiting frame of the other eye within the tolerance, or waits
/// for a partner itself until its own eye has brought so many more. A frame that comes twice counts once. Not safe for several threads.
/// </summary>
/// <param name="time">Says when a pair was found.</param>
/// <param name="tolerance">Largest skew of a pair; null is half the shorter frame period, as far as it is known.</param>
/// <param name="byTurn">Frames with one number are a pair whatever their times: a source of this machine has taken them together.</param>
public sealed class PairMatcher(TimeProvider time, TimeSpan? tolerance = null, bool byTurn = false) : IDisposable
{
    /// <summary>Before both periods are known: half a period at 30 fps.</summary>
    private static readonly TimeSpan FirstTolerance = TimeSpan.FromMilliseconds(16);

    private static readonly TimeSpan LargestTolerance = TimeSpan.FromMilliseconds(500);

    private readonly WaitingFrames left = new(), right = new();
    private long pairs;

    /// <summary>Largest skew that makes a pair now.</summary>
    public TimeSpan Tolerance => tolerance ?? Automatic();

    /// <summary>Frames that found no partner.</summary>
    public long Unpaired(Eye eye) => (eye == Eye.Left ? left : right).Unpaired;

    /// <summary>Takes a frame over; returns the pair that it completes, owned by the caller, or null.</summary>
    public FramePair? Offer(Eye eye, Frame frame)
    {
        var (own, other) = eye == Eye.Left ? (left, right) : (right, left);
        if (!own.IsNew(frame))
        {
            frame.Dispose();
            return null;
        }
        if (!(byTurn ? other.TryTakeNumber(frame.Identity.Sequence, out var partner) : other.TryTakeNearest(frame.CapturedAt, Tolerance, out partner)))
        {
            own.Wait(frame);
            return null;
        }
        var (first, second) = eye == Eye.Left ? (frame, partner) : (partner, frame);
        return new FramePair(++pairs, first, second, time.GetTimestamp());
    }

    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
    }

    private TimeSpan Automatic()
    {
        var half = Shorter(left.Period.Median ?? TimeSpan.MaxValue, right.Period.Median ?? TimeSpan.MaxValue) / 2;
        return Shorter(half, left.Period.IsKnown && right.Period.IsKnown ? LargestTolerance : FirstTolerance);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
