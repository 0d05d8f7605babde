using System.CommandLine;
using System.Text.Json;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary><c>./pistereolink undeploy</c>: takes away what deploy has brought.</summary>
internal sealed class UndeployCommand : Command
{
    private readonly LoginOptions login = new();
    private readonly Option<bool> keepState = new("--keep-state") { Description = "Leave who this Pi is (its key, its pairing, its unsent pictures), for a later deploy." };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public UndeployCommand()
        : base("undeploy", """
            Take the agent away from a Pi: service, program, settings, key, and pictures that were not sent yet. The receiver on this machine
            forgets the Pi's key. What stays is the camera switched on in config.txt, and the journal.

            Example:
              ./pistereolink undeploy pi@raspberrypi.local
            """)
    {
        login.AddTo(this);
        Options.Add(keepState);
        Options.Add(json);
        SetAction(UndeployAsync);
    }

    private async Task<int> UndeployAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (target, keep) = (login.Target(parsed), parsed.GetValue(keepState));
        var found = await login.WithPiAsync(parsed, async pi =>
        {
            var found = await pi.InstallationAsync();
            await pi.RemoveAsync(keep);
            return found;
        }, cancellation);
        var revoked = keep ? null : Revoke(login.State(parsed) ?? ReceiverSettings.FromFileAndEnvironment().State ?? StateFolder.Default, found.Pairing);
        var installed = found.Agent is not null || found.Env is not null;
        await Console.Error.WriteLineAsync($"{(installed ? $"The agent is gone from {target.Host}." : $"There was no agent on {target.Host}.")}{(revoked is null ? "" : $" {revoked} is not paired any more.")}");
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(new UndeployResult(target.Host, installed, revoked, keep), DeployJson.Default.UndeployResult));
        return 0;
    }

    /// <summary>Only where it was paired with this receiver: another one's node may have the same name here.</summary>
    private static string? Revoke(string folder, string[]? pairing)
    {
        if (pairing is not [_, var pin, var node] || !File.Exists(Path.Combine(folder, "key.pem")))
            return null;
        using var key = ReceiverKey.In(folder);
        return $"{PiStereoLink.Protocol.Pin.Of(key)}" == pin && new PairedNodes(folder).Remove(node) ? node : null;
    }
}
