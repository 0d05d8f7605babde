using System.Diagnostics.CodeAnalysis;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Frames to be sent again, in memory: at once after a lost connection, after a pause where the receiver asked for one. Bounded by
/// bytes: the oldest go first.
/// </summary>
/// <param name="time">For the pauses.</param>
/// <param name="drop">Takes each frame that there is no room for.</param>
[SuppressMessage("Reliability", "CA2000", Justification = "Frames pass through; whoever takes one out disposes it.")]
public sealed class PutOff(TimeProvider time, Action<Frame> drop)
{
    private const long MostBytes = 16L << 20;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromSeconds(60);

    private readonly SortedList<FrameIdentity, (SentFrame Sent, long Since)> frames = new(Comparer<FrameIdentity>.Create(InOrder));
    private readonly Lock gate = new();
    private long bytes;

    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return frames.Count == 0;
        }
    }

    /// <summary>To be sent again as soon as there is a connection.</summary>
    public void Again(in SentFrame sent) => Add(sent with { Pause = TimeSpan.Zero });

    /// <summary>To be sent again in 5 s, doubling to 60 s each time it comes back.</summary>
    public void Later(in SentFrame sent) => Add(sent with { Pause = sent.Pause == TimeSpan.Zero ? First : sent.Pause * 2 < Longest ? sent.Pause * 2 : Longest });

    /// <summary>The oldest frame that is due and fits into <paramref name="room"/>.</summary>
    public bool TryTakeDue(long room, out SentFrame sent)
    {
        lock (gate)
        {
            for (var i = 0; i < frames.Count; i++)
            {
                var (frame, since) = frames.GetValueAtIndex(i);
                if (time.GetElapsedTime(since) < frame.Pause)
                    continue;
                sent = frame;
                return frame.Frame.Bytes.Length <= room && Remove(i);
            }
        }
        sent = default;
        return false;
    }

    /// <summary>The oldest frame, due or not.</summary>
    public bool TryTake(out SentFrame sent)
    {
        lock (gate)
        {
            sent = frames.Count > 0 ? frames.GetValueAtIndex(0).Sent : default;
            return frames.Count > 0 && Remove(0);
        }
    }

    private static int InOrder(FrameIdentity one, FrameIdentity other) => (one.Run, one.Sequence).CompareTo((other.Run, other.Sequence));

    private void Add(in SentFrame sent)
    {
        lock (gate)
        {
            frames.Add(sent.Identity, (sent, time.GetTimestamp()));
            bytes += sent.Frame.Bytes.Length;
        }
        while (TooMuch() && TryTake(out var oldest))
            drop(oldest.Frame);
    }

    private bool TooMuch()
    {
        lock (gate)
            return bytes > MostBytes && frames.Count > 1;
    }

    private bool Remove(int at)
    {
        bytes -= frames.GetValueAtIndex(at).Sent.Frame.Bytes.Length;
        frames.RemoveAt(at);
        return true;
    }
}
