using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary><c>./pistereolink status</c>: how the agent on a Pi is doing.</summary>
internal sealed class PiStatusCommand : Command
{
    private readonly LoginOptions login = new();
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public PiStatusCommand()
        : base("status", """
            Tell how the agent on a Pi is doing: its service, its pictures, temperature and space there, and what comes in here.

            Example:
              ./pistereolink status pi@raspberrypi.local
            """)
    {
        login.AddTo(this);
        Options.Add(json);
        SetAction(TellAsync);
    }

    private async Task<int> TellAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var facts = await login.WithPiAsync(parsed, pi => pi.StateAsync(logLines: 50), cancellation);
        var pairing = facts.File("pairing")?.Split('\n');
        var frames = await FramesHereAsync(login.State(parsed), pairing?[2], cancellation);
        var status = PiStatusReader.Read(login.Target(parsed).Host, facts, frames);
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(status, DeployJson.Default.PiStatus));
        else
            foreach (var line in PiStatusReader.Lines(status))
                Console.WriteLine(line);
        return status.Service == "active" ? 0 : 1;
    }

    /// <summary>What the receiver here says of the node; null where none runs.</summary>
    private static async Task<Web.CameraStatus[]?> FramesHereAsync(string? state, string? node, CancellationToken cancellation)
    {
        try
        {
            using var receiver = ReceiverHere.In(state);
            return [.. (await receiver.StatusAsync(cancellation)).Cameras.Where(camera => camera.Node == node)];
        }
        catch (DeployException)
        {
            return null;        // the Pi's own word is what was asked for
        }
    }
}
