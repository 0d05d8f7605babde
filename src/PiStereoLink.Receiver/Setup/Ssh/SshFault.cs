namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Why a machine cannot be reached or used by ssh. Each has its sentence with the next step: <see cref="SshTrouble"/>.</summary>
public enum SshFault
{
    /// <summary>Something else, in ssh's own words.</summary>
    Other,
    NoSshProgram,
    NameNotFound,
    NoRoute,
    PortClosed,
    TimedOut,
    HostKeyChanged,
    HostKeyUnknown,
    KeyRefused,
    KeyUnusable,
    PasswordRefused,

    /// <summary>It answers and hangs up before any login.</summary>
    TurnedAway,
    ConnectionLost,

    /// <summary>sudo wants a password, and there is nobody to ask.</summary>
    SudoAsks,
    SudoRefused,

    /// <summary>A command over there took longer than it may.</summary>
    CommandTooLong,
    CommandFailed,
}
