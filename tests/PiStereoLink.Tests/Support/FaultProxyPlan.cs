namespace PiStereoLink.Tests;

/// <summary>What happens to a connection through a <see cref="FaultProxy"/> once enough bytes have gone through.</summary>
internal enum LinkFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Both ends get a reset; what was under way is lost.</summary>
    Reset,

    /// <summary>Both ends get an end of stream; nothing more goes either way.</summary>
    Close,

    /// <summary>The target gets an end of stream and nothing more; what it says still comes back.</summary>
    HalfClose,

    /// <summary>Nothing goes there for a time; then all goes on.</summary>
    Stall,

    /// <summary>Nothing goes either way any more, and nobody is told.</summary>
    Silence,

    /// <summary>
    /// The target waits for a time while the client goes on; then the client gets a reset, and the target gets what it was still owed
    /// once the client's next connection carries bytes: old ones behind new ones.
    /// </summary>
    Late,
}

/// <summary>How the proxy treats one connection.</summary>
internal sealed record LinkFault(LinkFaultKind Kind = LinkFaultKind.None)
{
    /// <summary>Bytes from the client that reach the target before the fault.</summary>
    public long AfterBytes { get; init; }

    /// <summary>How long a stall lasts, or bytes are held back for being late.</summary>
    public TimeSpan For { get; init; }

    /// <summary>After a stall, what happens next; its bytes count from there.</summary>
    public LinkFault? Then { get; init; }

    /// <summary>How much later bytes come out than they went in, from the client to the target.</summary>
    public TimeSpan DelayThere { get; init; }

    /// <summary>The same on the way back.</summary>
    public TimeSpan DelayBack { get; init; }

    /// <summary>Every byte to the target is a write of its own.</summary>
    public bool ByteByByte { get; init; }
}
