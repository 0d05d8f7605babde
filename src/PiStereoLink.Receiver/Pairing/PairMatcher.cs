using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>Which eye of a rig.</summary>
public enum Eye
{
    Left,
    Right,
}

/// <summary>
/// Finds pairs by time of capture, one to one: a frame takes the nearest waiting frame of the other eye within the tolerance; what
/// is older than a pair on either side can have no partner any more and is counted. Not safe for several threads.
/// </summary>
/// <param name="time">Says when a pair was found.</param>
/// <param name="tolerance">Largest skew of a pair; null is half the shorter frame period, as far as it is known.</param>
public sealed class PairMatcher(TimeProvider time, TimeSpan? tolerance = null) : IDisposable
{
    /// <summary>Frames that wait for a partner, each side: as many as the ring keeps.</summary>
    private const int MaxWaiting = Cameras.CameraRing.Capacity;

    /// <summary>Before a period is known: half a period at 30 fps.</summary>
    private static readonly TimeSpan FirstTolerance = TimeSpan.FromMilliseconds(16);

    private static readonly TimeSpan LargestTolerance = TimeSpan.FromMilliseconds(500);

    private readonly Side left = new(), right = new();
    private long pairs;

    /// <summary>Largest skew that makes a pair now.</summary>
    public TimeSpan Tolerance => tolerance ?? Automatic();

    /// <summary>Frames that found no partner.</summary>
    public long Unpaired(Eye eye) => (eye == Eye.Left ? left : right).Unpaired;

    /// <summary>Takes a frame over; returns the pair that it completes, owned by the caller, or null.</summary>
    public FramePair? Offer(Eye eye, Frame frame)
    {
        var (own, other) = eye == Eye.Left ? (left, right) : (right, left);
        own.Seen(frame.CapturedAt);
        if (other.Nearest(frame.CapturedAt, Tolerance) is not { } partner)
        {
            own.Wait(frame);
            return null;
        }
        other.TakeUntil(partner);
        own.DropBefore(frame.CapturedAt);
        var (first, second) = eye == Eye.Left ? (frame, partner) : (partner, frame);
        return new FramePair(++pairs, first, second, time.GetTimestamp());
    }

    public void Dispose()
    {
        left.DropBefore(DateTime.MaxValue);
        right.DropBefore(DateTime.MaxValue);
    }

    private TimeSpan Automatic()
    {
        var period = left.Period is { } a && right.Period is { } b ? (a < b ? a : b) : (TimeSpan?)null;
        return period is null ? FirstTolerance : period.Value / 2 < LargestTolerance ? period.Value / 2 : LargestTolerance;
    }

    /// <summary>The frames of one eye that wait for a partner, in order of capture.</summary>
    private sealed class Side
    {
        private readonly List<Frame> waiting = new(MaxWaiting + 1);
        private DateTime last;

        /// <summary>Time between two frames; it follows a faster camera at once and a slower one, or lost frames, slowly.</summary>
        public TimeSpan? Period { get; private set; }

        public long Unpaired { get; private set; }

        public void Seen(DateTime capturedAt)
        {
            var passed = capturedAt - last;
            if (last != default && passed > TimeSpan.Zero)
                Period = Period is { } period && passed > period ? period + (passed - period) / 16 : passed;
            last = capturedAt;
        }

        public Frame? Nearest(DateTime capturedAt, TimeSpan tolerance)
        {
            (Frame? Frame, TimeSpan Distance) nearest = (null, tolerance + TimeSpan.FromTicks(1));
            foreach (var frame in waiting)
            {
                var distance = (frame.CapturedAt - capturedAt).Duration();
                if (distance < nearest.Distance)
                    nearest = (frame, distance);
            }
            return nearest.Frame;
        }

        public void Wait(Frame frame)
        {
            var at = waiting.Count;
            while (at > 0 && waiting[at - 1].CapturedAt > frame.CapturedAt)
                at--;
            waiting.Insert(at, frame);
            if (waiting.Count > MaxWaiting)
                Drop(1);
        }

        /// <summary>Takes one frame out, and drops those before it.</summary>
        public void TakeUntil(Frame frame)
        {
            Drop(waiting.IndexOf(frame));
            waiting.RemoveAt(0);
        }

        public void DropBefore(DateTime capturedAt) => Drop(waiting.TakeWhile(frame => frame.CapturedAt < capturedAt).Count());

        private void Drop(int count)
        {
            for (var i = 0; i < count; i++)
                waiting[i].Dispose();
            waiting.RemoveRange(0, count);
            Unpaired += count;
        }
    }
}
