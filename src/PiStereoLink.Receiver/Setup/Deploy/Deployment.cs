using System.Diagnostics;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Brings a machine to where its agent sends: looks first, then does what is missing, and sees pictures come in.</summary>
internal sealed partial class Deployment(DeployRequest request, Pi pi, ReceiverHere receiver, Action<string> say, CancellationToken cancellation)
{
    private readonly List<Check> checks = [];

    /// <exception cref="DeployException">Something is in the way, or no picture came; the message says what to do.</exception>
    /// <exception cref="SshException">The machine cannot be reached or used.</exception>
    public async Task<DeployResult> RunAsync()
    {
        var (machine, found) = await LookAsync();
        var nothing = new DeployResult(pi.Target.Host, null, null, found.Agent, [], null, null, checks);
        if (request.CheckOnly)
            return nothing;
        if (request.UpgradeOnly && found.Setting is null)
            throw new DeployException($"There is no agent on {machine.Name} that could be upgraded. Install it first: ./pistereolink deploy {pi.Target.Destination}.");

        var shot = await ShootAsync(machine, found);
        var (package, runtime) = await PackageAsync(machine);
        var host = Route.Of(machine, request.Receiver)!;
        var plan = Plan.Of(request, machine, found, package.Name, Address(host), $"{receiver.Pin}", receiver.IsPaired);
        var bringsRuntime = runtime is not null && runtime.Digest != found.Runtime;
        var result = nothing with
        {
            Node = plan.Node,
            Receiver = plan.Receiver,
            Agent = package.Name,
            TestShot = shot,
            Changed = bringsRuntime ? ["bring the .NET runtime to /opt/pistereolink/dotnet", .. plan.Steps] : plan.Steps,
        };
        if (result.Changed.Count == 0)
        {
            if (!await receiver.IsConnectedAsync(plan.Node, cancellation) && !await FirstFrameAsync(plan, await receiver.FramesAsync(plan.Node, cancellation)))
                throw new DeployException($"{await NoneAsync(plan)}. It is installed as it is to be: look at the camera and the network, or restart it there with sudo systemctl restart {Pi.Unit}.");
            say("Nothing to do: all is as it is to be, and its pictures come in.");
            return result;
        }
        if (request.DryRun)
        {
            foreach (var step in result.Changed)
                say($"Would {step}.");
            return result;
        }
        return result with { FirstFrameSeconds = await ApplyAsync(plan, package, bringsRuntime ? runtime : null, found, host) };
    }

    private async Task<double> ApplyAsync(Plan plan, AgentPackage package, RuntimeArchive? runtime, Installation found, string host)
    {
        if (runtime is not null)
        {
            say("Bringing the .NET runtime ...");
            await pi.InstallRuntimeAsync(runtime);
        }
        if (plan.Installs)
        {
            say($"Bringing {package.Name} ({package.Size >> 20} MB) ...");
            await pi.InstallAsync(package);
        }
        await pi.StopAsync();
        if (plan.Pairs)
            await PairAsync(plan, found, host);
        var before = await receiver.FramesAsync(plan.Node, cancellation);
        say($"Starting {Pi.Unit} ...");
        var started = Stopwatch.GetTimestamp();
        await pi.SwitchAsync(plan.Setting);
        if (!await FirstFrameAsync(plan, before))
            throw await PutBackAsync(plan, found);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await pi.PruneAsync(plan.Setting.Agent, found.Agent);
        say(FormattableString.Invariant($"The first picture of {plan.Node} came in {seconds:0.0} s after the start."));
        return Math.Round(seconds, 1);
    }

    /// <summary>In the same session: the token goes there over SSH, and the Pi shows the receiver its key.</summary>
    private async Task PairAsync(Plan plan, Installation found, string host)
    {
        say($"Pairing with the receiver at {plan.Receiver}, as {plan.Node} ...");
        if (plan.OldNode is { } old)
            receiver.Revoke(old);
        if (await pi.PairAsync($"{receiver.Invite(host)}", plan.Node, plan.Setting.Agent) is not { } refused)
            return;
        if (found.Setting is not null)
            await pi.StartAsync();
        throw new DeployException($"{pi.Target.Host} was not paired: {refused.TrimEnd('.')}.");
    }

    private string Address(string host) => $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{receiver.Tls.Port}";
}
