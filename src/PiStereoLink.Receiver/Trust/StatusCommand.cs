using System.CommandLine;
using System.Text.Json;

namespace PiStereoLink.Receiver.Trust;

/// <summary><c>receiver status</c>: whether a receiver runs, where it can be reached, and who is paired with it.</summary>
internal sealed class StatusCommand : Command
{
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers; the same as that of receiver serve.", HelpName = "DIR" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public StatusCommand()
        : base("status", """
            Tell whether a receiver runs on this machine, where it takes frames, and which nodes are paired with it. Cameras and rigs are at its /api/status.

            Example:
              receiver status --json
            """)
    {
        Options.Add(state);
        Options.Add(json);
        SetAction(Tell);
    }

    private int Tell(ParseResult parsed)
    {
        var settings = ReceiverSettings.FromFileAndEnvironment();
        var folder = parsed.GetValue(state) ?? settings.State ?? StateFolder.Default;
        var running = StateFolder.RunningIn(folder);
        var status = new TrustStatus(running is not null, running?.Frames, running?.Tls, running?.Web,
            [.. new PairedNodes(folder).All.Select(node => new PairedStatus(node.Node, $"{node.Key}"))], new Invitations(folder, TimeProvider.System).Open);
        if (parsed.GetValue(json))
        {
            Console.WriteLine(JsonSerializer.Serialize(status, TrustJson.Default.TrustStatus));
            return 0;
        }
        Console.WriteLine(running is null
            ? $"No receiver runs with the state folder {folder}."
            : $"Frames: {(running.Frames is null ? "no plain port" : $"{running.Frames} (unencrypted)")}, {(running.Tls is null ? "no TLS port" : $"{running.Tls} (TLS)")}. Pages: {running.Web}.");
        foreach (var node in status.Paired)
            Console.WriteLine($"{node.Node}  {node.Pin}");
        Console.WriteLine($"{status.Paired.Length} paired; {status.OpenInvitations} tokens can still be used.");
        return 0;
    }
}
