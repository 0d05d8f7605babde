using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What is to be done over there: pure, from what was found and what is wanted.</summary>
internal sealed record Plan
{
    private static readonly string[] Groups = ["video", "render", "gpio"];

    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>The receiver as the Pi finds it, <c>192.168.1.20:8443</c>.</summary>
    public required string Receiver { get; init; }

    /// <summary>What the service is to be.</summary>
    public required Setting Setting { get; init; }

    /// <summary>Whether the agent is to be brought there.</summary>
    public required bool Installs { get; init; }

    /// <summary>Whether it is to be paired.</summary>
    public required bool Pairs { get; init; }

    /// <summary>The name under which the receiver knows it, when that is another.</summary>
    public string? OldNode { get; init; }

    /// <summary>Whether the service is to be made anew, or started.</summary>
    public required bool Switches { get; init; }

    /// <summary>What differs, for people.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <param name="request">What is asked for.</param>
    /// <param name="machine">Where.</param>
    /// <param name="found">What is there.</param>
    /// <param name="agent">The agent to use: folder under /opt/pistereolink.</param>
    /// <param name="receiver">The receiver as the Pi finds it.</param>
    /// <param name="pin">Its key.</param>
    /// <param name="isPaired">Whether the receiver knows a node.</param>
    public static Plan Of(DeployRequest request, Machine machine, Installation found, string agent, string receiver, string pin, Func<string, bool> isPaired)
    {
        var node = NodeOf(request, machine, found);
        var setting = new Setting(agent, Script.Template(Pi.Unit), DropIn(machine), Env(request, found, node));
        var installs = !found.Versions.Contains(agent);
        var pairs = found.Pairing is not { } pairing || pairing[0] != receiver || pairing[1] != pin || pairing[2] != node || !isPaired(node);
        var old = found.Pairing is { } was && was[1] == pin && was[2] != node && isPaired(was[2]) ? was[2] : null;
        var (before, running) = (found.Setting, found.IsRunning && found.IsEnabled);
        return new()
        {
            Node = node,
            Receiver = receiver,
            Setting = setting,
            Installs = installs,
            Pairs = pairs,
            OldNode = old,
            Switches = pairs || before != setting || !running,
            Steps = [.. new[]
            {
                installs ? $"bring {agent} to /opt/pistereolink" : null,
                old is null ? null : $"forget the name {old} at the receiver",
                pairs ? $"pair it with the receiver at {receiver}, as {node}" : null,
                before?.Unit != setting.Unit ? $"write /etc/systemd/system/{Pi.Unit}" : null,
                before?.DropIn == setting.DropIn ? null : $"{(setting.DropIn is null ? "remove" : "write")} /etc/systemd/system/{Pi.Unit}.d/10-deploy.conf",
                found.Env != setting.Env ? "write /etc/pistereolink/agent.env" : null,
                before?.Agent != agent ? $"let /opt/pistereolink/agent point to {agent}" : null,
                pairs || before != setting || !running ? "start the service, and see its pictures come in" : null,
            }.OfType<string>()],
        };
    }

    public static string NodeOf(DeployRequest request, Machine machine, Installation found) =>
        request.Node ?? (found.Env is { } env ? AgentEnv.Of(env, "Node") : null) ?? found.Pairing?[2] ?? CameraName.Nearest(machine.Name);

    /// <summary>The cameras that the agent will use.</summary>
    public static IReadOnlyList<string> CamerasOf(DeployRequest request, Installation found) =>
        request.Cameras.Count > 0 ? request.Cameras
        : found.Env is not { } env ? ["0"]
        : [.. Enumerable.Range(0, 16).Select(i => AgentEnv.Of(env, $"Cameras__{i}")).OfType<string>()];

    /// <summary>A unit with a group that does not exist would not start (216/GROUP).</summary>
    private static string? DropIn(Machine machine) => Groups.All(machine.Groups.Contains) ? null :
        $"# Written by ./pistereolink deploy: the groups of the unit that exist on this machine.\n[Service]\nSupplementaryGroups=\nSupplementaryGroups={string.Join(' ', Groups.Where(machine.Groups.Contains))}\n";

    /// <summary>The pairing says where the receiver is, so To must not.</summary>
    private static string Env(DeployRequest request, Installation found, string node)
    {
        var text = found.Env ?? Script.Template("agent.env");
        IReadOnlyList<string> cameras = request.Cameras.Count > 0 || found.Env is not null ? request.Cameras : ["0"];
        return AgentEnv.With(text,
        [
            new("To", null),
            .. request.Node is not null || found.Env is null ? new[] { new KeyValuePair<string, string?>("Node", node) } : [],
            .. cameras.Count > 0 ? AgentEnv.Cameras(text, cameras) : [],
            .. request.Settings,
        ]);
    }
}
