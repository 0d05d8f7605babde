using System.Diagnostics.CodeAnalysis;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A frame that was sent, and whose fate is not known.</summary>
/// <param name="Frame">It, owned by whoever holds this.</param>
/// <param name="Identity">What its acknowledgement will call it.</param>
/// <param name="EndsAt">Where it ends among the bytes of its connection.</param>
/// <param name="Pause">How long it waited before it was sent again; zero when the receiver has not put it off.</param>
public readonly record struct SentFrame(Frame Frame, FrameIdentity Identity, long EndsAt, TimeSpan Pause)
{
    /// <summary>The timestamp just before it went out into an empty send queue; 0 when that was not empty.</summary>
    public long SentAt { get; init; }
}

/// <summary>The frames that were sent and not answered yet, oldest first. The sender adds, the reader of the answers takes out.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Frames pass through; whoever takes one out disposes it.")]
public sealed class SendWindow
{
    private const int MostFrames = 16;

    /// <summary>Also what a receiver that has said nothing yet may get at once: it may be one that never answers, and its pictures must not halt.</summary>
    private const long MostBytes = 16L << 20;

    private readonly List<SentFrame> sent = new(MostFrames);
    private readonly Lock gate = new();
    private long bytes;

    public int Count
    {
        get
        {
            lock (gate)
                return sent.Count;
        }
    }

    /// <summary>How large the next frame may be: the first of all may have any size.</summary>
    /// <param name="answered">Whether the receiver has shown that it answers, so that the number of frames is bounded too.</param>
    public long Room(bool answered)
    {
        lock (gate)
            return sent.Count == 0 ? long.MaxValue : answered && sent.Count >= MostFrames ? 0 : MostBytes - bytes;
    }

    public void Add(in SentFrame frame)
    {
        lock (gate)
        {
            sent.Add(frame);
            bytes += frame.Frame.Bytes.Length;
        }
    }

    /// <summary>
    /// Takes the frame of that name out; false when it is not there, as after a second answer. A receiver that could not read the stamp
    /// of a connection's first frame knows its run and sequence from the trailer, and calls its source 0.
    /// </summary>
    public bool TryTake(in FrameIdentity identity, out SentFrame frame)
    {
        lock (gate)
        {
            for (var i = 0; i < sent.Count; i++)
                if (sent[i].Identity == identity || identity.Source == 0 && sent[i].Identity == identity with { Source = sent[i].Identity.Source })
                    return Take(i, out frame);
        }
        frame = default;
        return false;
    }

    /// <summary>Takes the oldest frame out if it ends within the first so many bytes of the connection.</summary>
    public bool TryTakeFirst(long endingBy, out SentFrame frame)
    {
        lock (gate)
        {
            if (sent.Count > 0 && sent[0].EndsAt <= endingBy)
                return Take(0, out frame);
        }
        frame = default;
        return false;
    }

    /// <summary>Looks at every frame without taking it; the frames stay alive meanwhile.</summary>
    public void ForEach(Action<Frame> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (gate)
            foreach (var frame in sent)
                look(frame.Frame);
    }

    private bool Take(int at, out SentFrame frame)
    {
        frame = sent[at];
        sent.RemoveAt(at);
        bytes -= frame.Frame.Bytes.Length;
        return true;
    }
}
