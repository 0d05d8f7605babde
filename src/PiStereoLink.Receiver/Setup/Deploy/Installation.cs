using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What of ours lies on the other machine, and its camera.</summary>
public sealed partial class Installation(Facts facts)
{
    /// <summary>The folder of the agent in use, under /opt/pistereolink; null when none is.</summary>
    public string? Agent => facts.Of("agent") ?? (facts.Has("by_hand", "yes") ? "agent-by-hand" : null);

    /// <summary>The agents that lie there.</summary>
    public IReadOnlyList<string> Versions => facts.All("version");

    /// <summary>SHA-256 of the archive of the runtime that was brought there; null without one.</summary>
    public string? Runtime => facts.File("runtime")?.Trim();

    /// <summary>What the service is; null when it is not installed.</summary>
    public Setting? Setting => Agent is { } agent && facts.File("unit") is { } unit ? new(agent, unit, facts.File("drop_in"), Env) : null;

    /// <summary>The agent's settings; null when there are none.</summary>
    public string? Env => facts.File("env");

    /// <summary>With whom it is paired: address, pin, node.</summary>
    public string[]? Pairing => facts.File("pairing")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: 3 } lines ? lines : null;

    public bool IsRunning => facts.Of("active") is "active" or "activating";

    public bool IsEnabled => facts.Has("enabled", "enabled");

    /// <summary>Whether our own agent has the camera.</summary>
    public bool HasOwnCamera => facts.All("ours").Count > 0;

    /// <summary>Others that have the camera: process and name.</summary>
    public IReadOnlyList<string> Holders => facts.All("holder");

    /// <summary>The camera program; null when none is installed.</summary>
    public string? Program => facts.Of("program");

    /// <summary>What it says about cameras.</summary>
    public string CameraText => facts.File("cameras") ?? "";

    /// <summary>How many cameras there are.</summary>
    public int Cameras => Program == "raspistill"
        ? (CameraText.Contains("detected=1", StringComparison.Ordinal) ? 1 : 0)
        : Listed().Count(CameraText);

    /// <summary>The firmware's settings; null where there are none.</summary>
    public string? ConfigFile => facts.Of("config");

    /// <summary>Whether the firmware is told to look for a camera.</summary>
    public bool IsCameraOn => facts.File("config_text") is not { } text || CameraSetting().IsMatch(text);

    [GeneratedRegex(@"^\s*\d+ : \S+ \[", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^\s*(camera_auto_detect=1|start_x=1|dtoverlay=(imx|ov)\d)", RegexOptions.Multiline)]
    private static partial Regex CameraSetting();
}

/// <summary>What the service is: which agent, its unit, what differs from that here, and its settings.</summary>
/// <param name="Agent">Folder under /opt/pistereolink.</param>
/// <param name="Unit">Text of the unit.</param>
/// <param name="DropIn">Text of the drop-in; null for none.</param>
/// <param name="Env">Text of agent.env; null for none.</param>
public sealed record Setting(string Agent, string Unit, string? DropIn, string? Env);
