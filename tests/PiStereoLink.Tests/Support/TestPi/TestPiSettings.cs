namespace PiStereoLink.Tests;

/// <summary>What sort of Pi a test wants.</summary>
internal sealed record TestPiSettings
{
    /// <summary>Raspberry Pi OS by its Debian name: buster (whose sshd reads no sshd_config.d), bullseye, bookworm or trixie.</summary>
    public string Generation { get; init; } = "bookworm";

    /// <summary>As the device tree names the board; it is found at /sys/firmware/devicetree/base/model alone, not in /proc.</summary>
    public string Model { get; init; } = "Raspberry Pi 4 Model B Rev 1.4";

    public PiSudo Sudo { get; init; } = PiSudo.Asks;

    /// <summary>Whether the camera programs of that generation are there, played by the simulated camera.</summary>
    public bool Camera { get; init; } = true;
}

/// <summary>Whether the Pi's user may become root.</summary>
internal enum PiSudo
{
    /// <summary>With the user's password.</summary>
    Asks,

    /// <summary>Without being asked, as Raspberry Pi OS has it for its first user.</summary>
    Free,

    /// <summary>Not at all.</summary>
    None,
}
