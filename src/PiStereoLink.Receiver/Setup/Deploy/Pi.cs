using System.Text;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What deploy does over there, each a script of its own.</summary>
internal sealed class Pi(SshLogin login, CancellationToken cancellation)
{
    public const string Unit = "pistereolink-agent.service";

    /// <summary>60 MB over a weak Wi-Fi, and onto a slow card.</summary>
    private static readonly TimeSpan UploadLimit = TimeSpan.FromMinutes(15);

    public SshTarget Target => login.Target;

    /// <param name="ports">Of the receiver, to be tried from there.</param>
    /// <param name="hosts">Where it may be.</param>
    public async Task<Machine> MachineAsync(string ports, string hosts) =>
        new(Facts.Parse((await login.RunAsync(Script.Of("machine", ports, hosts), cancellation: cancellation)).Output));

    public async Task<Installation> InstallationAsync() =>
        new(Facts.Parse((await login.RunAsRootAsync(Script.Of("installation"), cancellation: cancellation)).Expect("Looking for an agent", Target).Output));

    public async Task<Facts> StateAsync(int logLines) =>
        Facts.Parse((await login.RunAsRootAsync(Script.Of("state", $"{logLines}"), cancellation: cancellation)).Output);

    public async Task InstallAsync(AgentPackage agent)
    {
        await using var tar = await agent.ToTarAsync(cancellation);
        (await login.RunAsRootAsync(Script.Of("install", agent.Name), tar, UploadLimit, cancellation)).Expect("Unpacking the agent", Target);
    }

    public async Task InstallRuntimeAsync(RuntimeArchive runtime)
    {
        await using var archive = File.OpenRead(runtime.Path);
        (await login.RunAsRootAsync(Script.Of("runtime", runtime.Digest), archive, UploadLimit, cancellation)).Expect("Unpacking the .NET runtime", Target);
    }

    public Task StopAsync() => login.RunAsRootAsync($"systemctl stop {Unit} 2>/dev/null", cancellation: cancellation);

    public Task StartAsync() => login.RunAsRootAsync($"systemctl start --no-block {Unit}", cancellation: cancellation);

    /// <summary>Why it was not paired; null when it was.</summary>
    public async Task<string?> PairAsync(string token, string node, string agent)
    {
        using var line = new MemoryStream(Encoding.UTF8.GetBytes(token + "\n"));
        var answer = await login.RunAsRootAsync(Script.Of("pair", node, agent), line, cancellation: cancellation);
        return answer.Done ? null : answer.LastWords;
    }

    public async Task SwitchAsync(Setting to) =>
        (await login.RunAsRootAsync(Script.Of("switch", to.Agent, Base64(to.Unit), Base64(to.DropIn), Base64(to.Env)), cancellation: cancellation)).Expect("Installing the service", Target);

    public Task PruneAsync(params string?[] kept) => login.RunAsRootAsync(Script.Of("prune", [.. kept.OfType<string>()]), cancellation: cancellation);

    public async Task RemoveAsync(bool keepState) =>
        (await login.RunAsRootAsync(Script.Of("remove", keepState ? "yes" : "no"), cancellation: cancellation)).Expect("Removing the agent", Target);

    public async Task SwitchCameraOnAsync(int? release, string config) =>
        (await login.RunAsRootAsync(Script.Of("camera-on", $"{release}", config), cancellation: cancellation)).Expect("Switching the camera on", Target);

    /// <summary>The connection goes down with the machine, so nothing is waited for.</summary>
    public Task RebootAsync() => login.RunAsRootAsync("(sleep 1; systemctl reboot) >/dev/null 2>&1 &", cancellation: cancellation);

    /// <summary>The last things that the agent has said.</summary>
    public async Task<string> LastWordsAsync()
    {
        var log = await login.RunAsRootAsync($"journalctl -u {Unit} -n 12 --no-pager -o cat", cancellation: cancellation);
        var lines = log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // One that is started again and again says the same again and again.
        return string.Join(" | ", lines.Distinct().TakeLast(3).Select(line => ForeignText.Shown(line)));
    }

    /// <summary>A picture taken by the camera program; its words when it took none.</summary>
    public async Task<(byte[] Picture, string Words)> ShootAsync(string program)
    {
        var answer = await login.RunAsync(Script.Of("shot", program), cancellation: cancellation);
        if (!answer.Done)
            return ([], answer.Errors);
        var file = answer.Output.Trim();
        using var picture = new MemoryStream();
        await login.FetchAsync(file, picture, cancellation);
        await login.RunAsync(SshLogin.Called("rm -rf -- \"$(dirname -- \"$1\")\"", file), cancellation: cancellation);
        return (picture.ToArray(), answer.Errors);
    }

    private static string Base64(string? text) => text is null ? "" : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
