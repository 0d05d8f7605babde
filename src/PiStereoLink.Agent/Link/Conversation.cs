using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What the agent takes a receiver for: <c>--peer</c>.</summary>
public enum PeerKind
{
    /// <summary>Found out for each connection.</summary>
    Auto,

    /// <summary>It acknowledges; silence is a fault.</summary>
    Acks,

    /// <summary>The plain recipe: it gets no trailer, and is not listened to.</summary>
    Recipe,
}

/// <summary>What a receiver has shown itself to be.</summary>
public enum ReceiverKind
{
    /// <summary>Not known yet: it was asked.</summary>
    Asked,

    /// <summary>It tells what is on its disk.</summary>
    Stores,

    /// <summary>It speaks, but keeps nothing: what is delivered is done with.</summary>
    Shows,

    /// <summary>It never answers: what is delivered is done with, and it is asked no more.</summary>
    Legacy,
}

/// <summary>What is known of the receiver on one connection. The sender and the reader of the answers share it.</summary>
internal sealed class Conversation(ReceiverKind receiver, TimeProvider time)
{
    /// <summary>From the delivery of the first frame to the hello.</summary>
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(5);

    /// <summary>The line comes right behind the hello; this is for a network that delivers both late.</summary>
    private static readonly TimeSpan ClockLimit = TimeSpan.FromSeconds(1);

    /// <summary>Idle lines may be late, and one may be lost in a pause; three are no accident.</summary>
    private const int MissedIdleLines = 3;

    private long? askedAt;                              // the sender's own
    private long heardAt = time.GetTimestamp();
    private long idleTicks;
    private long shownSince;                            // the hello of one that keeps nothing

    public ReceiverKind Receiver { get; set; } = receiver;

    /// <summary>Whether a frame was acknowledged on this connection: then it was in order, however short.</summary>
    public bool HasAcknowledged { get; set; }

    /// <summary>For the lines about frames that are done with by then.</summary>
    public SentTimes SentTimes { get; } = new();

    /// <summary>
    /// Whether its clock may be heard of soon. One that keeps nothing tells it with the frame that it says hello to; one that does not by
    /// now never does.
    /// </summary>
    public bool MayTellClock => Receiver switch
    {
        ReceiverKind.Asked => true,
        ReceiverKind.Stores => !HasAcknowledged,
        ReceiverKind.Shows => time.GetElapsedTime(Volatile.Read(ref shownSince)) < ClockLimit,
        _ => false,
    };

    /// <summary>Where the first frame ends among the bytes of the connection; 0 before it.</summary>
    public long FirstEndsAt { get; set; }

    /// <summary>The largest frame that it takes, trailer included.</summary>
    public int MaxFrameBytes { get; private set; } = int.MaxValue;

    /// <summary>Whether what is delivered is done with.</summary>
    public bool NeverConfirms => Receiver is ReceiverKind.Shows or ReceiverKind.Legacy;

    public void Heard() => Volatile.Write(ref heardAt, time.GetTimestamp());

    /// <summary>It has said hello. Too late to change a verdict, which then was wrong for this connection only.</summary>
    public void Hello(in ReceiverLine line)
    {
        MaxFrameBytes = line.MaxFrameBytes > 0 ? line.MaxFrameBytes : int.MaxValue;
        Volatile.Write(ref idleTicks, TimeSpan.FromSeconds(Math.Clamp(line.IdleSeconds, 0, 3600)).Ticks);
        Volatile.Write(ref shownSince, time.GetTimestamp());
        if (Receiver == ReceiverKind.Asked)
            Receiver = line.Stores ? ReceiverKind.Stores : ReceiverKind.Shows;
    }

    /// <summary>Whether its time to say hello is over. The clock starts when the first frame has been delivered, so that a slow network is no verdict.</summary>
    public bool HelloIsOverdue(LinkConnection connection)
    {
        if (Receiver != ReceiverKind.Asked || FirstEndsAt == 0 || connection.Delivered < FirstEndsAt)
            return false;
        askedAt ??= time.GetTimestamp();
        return time.GetElapsedTime(askedAt.Value) >= HelloLimit;
    }

    /// <summary>How long it has been silent, if that is too long for one that promised idle lines; else null.</summary>
    public TimeSpan? Silence() =>
        Receiver is ReceiverKind.Stores or ReceiverKind.Shows && Volatile.Read(ref idleTicks) is > 0 and var ticks
            && time.GetElapsedTime(Volatile.Read(ref heardAt)) is var silence && silence.Ticks > MissedIdleLines * ticks ? silence : null;
}
