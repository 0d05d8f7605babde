using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What is asked for.</summary>
internal sealed record DeployRequest(SshTarget Target)
{
    /// <summary>State folder of the receiver on this machine; null is the usual one.</summary>
    public string? State { get; init; }

    /// <summary>Where the Pi finds this machine; null finds out.</summary>
    public string? Receiver { get; init; }

    /// <summary>The node's name; null keeps it, or takes the host's.</summary>
    public string? Node { get; init; }

    /// <summary>The cameras; none keeps them, or takes the first.</summary>
    public IReadOnlyList<string> Cameras { get; init; } = [];

    /// <summary>Further settings of the agent.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings { get; init; } = [];

    /// <summary>A published agent; null builds one.</summary>
    public string? Agent { get; init; }

    /// <summary>Archive of a .NET runtime to bring along.</summary>
    public string? Runtime { get; init; }

    /// <summary>Where the test picture goes; null takes none.</summary>
    public string? TestShot { get; init; }

    /// <summary>How long the first picture may take. A camera program starts within seconds; a Pi Zero 2 with a slow card takes half a minute.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    public bool CheckOnly { get; init; }

    public bool DryRun { get; init; }

    public bool AnyMachine { get; init; }

    public bool EnableCamera { get; init; }

    public bool Reboot { get; init; }

    /// <summary>Only where the agent is installed already.</summary>
    public bool UpgradeOnly { get; init; }
}
