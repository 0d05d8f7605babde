namespace PiStereoLink.Protocol;

/// <summary>What a receiver tells about a frame, or about itself.</summary>
public enum ReceiverLineKind
{
    /// <summary>A line of a kind that is not known: to be ignored.</summary>
    Unknown,

    /// <summary>The first line: the receiver understands acknowledgements.</summary>
    Hello,

    /// <summary>A frame is on disk.</summary>
    Ack,

    /// <summary>A frame was not taken.</summary>
    Nack,

    /// <summary>Nothing happened for a while; the receiver is there.</summary>
    Idle,

    /// <summary>A frame has arrived at a receiver that keeps none. It tells the receiver's clock, and no frame's fate.</summary>
    Seen,
}

/// <summary>Why a frame was not taken, in the words that stand on the wire.</summary>
public static class NackReason
{
    public const string TooLarge = "too-large", BadJpeg = "bad-jpeg", BadCrc = "bad-crc", BadStamp = "bad-stamp", Quota = "quota", DiskFull = "disk-full";
}

/// <summary>One line of JSON from a receiver to an agent that has asked for acknowledgements.</summary>
public readonly record struct ReceiverLine(ReceiverLineKind Kind)
{
    /// <summary>Longest line in bytes, its end included.</summary>
    public const int MaxBytes = 512;

    /// <summary>Hello: the largest frame that is taken, in bytes.</summary>
    public int MaxFrameBytes { get; init; }

    /// <summary>Hello: false when frames are shown but not kept, and so never acknowledged.</summary>
    public bool Stores { get; init; }

    /// <summary>Hello: how often an idle line comes, in seconds.</summary>
    public int IdleSeconds { get; init; }

    /// <summary>Ack, nack and seen: which frame.</summary>
    public FrameIdentity Identity { get; init; }

    /// <summary>Ack and seen: when the frame's length header arrived (t2), by the receiver's UTC clock, microseconds since 1970.</summary>
    public long ArrivedAtMicroseconds { get; init; }

    /// <summary>Ack and seen: when this line was written (t3), by the same clock.</summary>
    public long WrittenAtMicroseconds { get; init; }

    /// <summary>Nack: why, one of <see cref="NackReason"/> or a word of a later version.</summary>
    public string? Why { get; init; }

    /// <summary>Nack: true when the same frame may be taken later.</summary>
    public bool Retry { get; init; }
}
