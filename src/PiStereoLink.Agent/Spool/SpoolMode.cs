namespace PiStereoLink.Agent;

/// <summary>When frames go to disk.</summary>
public enum SpoolMode
{
    Off,

    /// <summary>As <see cref="Auto"/>, but only for a receiver that has once said that it acknowledges: others show, and want no old pictures.</summary>
    AutoForKnown,

    /// <summary>While the link is down, or no acknowledgement has come for 5 s.</summary>
    Auto,

    /// <summary>Each one, before it is sent.</summary>
    Always,
}

/// <summary>How much disk may be taken, and what happens then.</summary>
/// <param name="MaxBytes">For one camera's frames together.</param>
/// <param name="DropOldest">When full, the oldest frame goes; else no new one is taken.</param>
public sealed record SpoolLimits(long MaxBytes, bool DropOldest)
{
    /// <summary>So much stays free on the file system for everybody else; <c>agent doctor</c> calls less than this a failure.</summary>
    public long FreeBytes { get; init; } = 100_000_000;
}
