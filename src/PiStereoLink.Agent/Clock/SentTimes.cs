using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// When the last frames went out that are good for the clock. A receiver that keeps nothing names such a frame when it has been delivered and
/// is done with here. One goes out only when all before it was delivered, so few can be under way at a time. The sender adds, the reader of
/// the answers takes out.
/// </summary>
public sealed class SentTimes
{
    private const int Kept = 16;

    private readonly (FrameIdentity Identity, long SentAt)[] sent = new (FrameIdentity, long)[Kept];
    private readonly Lock gate = new();
    private int next;

    /// <summary>Notes a frame; the oldest goes.</summary>
    /// <param name="identity">What a line will call it.</param>
    /// <param name="sentAt">The time provider's timestamp just before it was sent, not 0.</param>
    public void Add(in FrameIdentity identity, long sentAt)
    {
        lock (gate)
        {
            sent[next] = (identity, sentAt);
            next = (next + 1) % Kept;
        }
    }

    /// <summary>When it was sent, told once: a line that comes twice says nothing new. False for one that is not known, or not any more.</summary>
    public bool TryTake(in FrameIdentity identity, out long sentAt)
    {
        lock (gate)
        {
            sentAt = 0;
            // The newest first: a frame that was refused and is sent again has two.
            for (var back = 1; back <= Kept && sentAt == 0; back++)
            {
                ref var one = ref sent[(next - back + Kept) % Kept];
                if (one.SentAt != 0 && one.Identity == identity)
                    (sentAt, one) = (one.SentAt, default);
            }
            return sentAt != 0;
        }
    }
}
