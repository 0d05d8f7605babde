namespace PiStereoLink.Agent;

/// <summary>What was the matter with a camera, for counting; the sentence says it for people.</summary>
public enum CameraTrouble
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>It delivered nothing for too long.</summary>
    Stalled,

    /// <summary>It delivered the same picture again and again.</summary>
    Frozen,

    /// <summary>It delivered no picture that was whole.</summary>
    Damaged,

    /// <summary>Another program has it.</summary>
    Busy,

    /// <summary>It is not connected.</summary>
    NoCamera,

    /// <summary>The camera program and the system's set-up are of different generations.</summary>
    WrongStack,

    /// <summary>The bus that it is connected to has no room left.</summary>
    Bandwidth,

    /// <summary>The program does not take what it was told.</summary>
    Setting,

    /// <summary>Its program ended by itself.</summary>
    Ended,
}
