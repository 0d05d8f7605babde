using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

// Before anything is changed: the checks, the camera, the picture, the agent to bring.
internal sealed partial class Deployment
{
    private async Task<(Machine, Installation)> LookAsync()
    {
        var machine = await pi.MachineAsync($"{receiver.Tls.Port}", Route.Candidates(receiver.Tls, request.Receiver));
        // What stands against the machine itself is said before sudo asks for a password there.
        Tell([.. MachineChecks.Of(machine, TimeProvider.System.GetUtcNow(), request.AnyMachine), Route.Check(machine, receiver.Tls, request.Receiver)]);
        var found = await pi.InstallationAsync();
        if (!request.CheckOnly && !request.DryRun)
            await SwitchCameraOnAsync(machine, found);
        Tell([CameraCheck.Of(found, machine, Plan.CamerasOf(request, found))]);
        return (machine, found);
    }

    private void Tell(Check[] looked)
    {
        checks.AddRange(looked);
        foreach (var check in looked.Where(check => check.Verdict != Verdict.Fail))
            say($"{check.Name}: {check.Found}");
        if (looked.Where(check => check.Verdict == Verdict.Fail).Select(check => check.Found).ToArray() is { Length: > 0 } failed)
            throw new DeployException(string.Join('\n', failed));
    }

    private async Task SwitchCameraOnAsync(Machine machine, Installation found)
    {
        if (!CameraCheck.CanBeSwitchedOn(found) || !request.EnableCamera && !Agrees($"The camera of {machine.Name} is switched off in {found.ConfigFile}. Switch it on?"))
            return;
        await pi.SwitchCameraOnAsync(machine.Release, found.ConfigFile!);
        if (request.Reboot)
            await pi.RebootAsync();
        throw new DeployException($"The camera of {machine.Name} is switched on in {found.ConfigFile} now, which counts after a reboot. "
            + (request.Reboot ? "It reboots now; run this again in a minute." : $"Reboot it, ssh {pi.Target.Destination} sudo reboot, and run this again in a minute; --reboot does it too."));
    }

    private static bool Agrees(string question)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            return false;
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private async Task<TestShot?> ShootAsync(Machine machine, Installation found)
    {
        if (request.TestShot is not { } file || request.DryRun || found is not { Program: { } program, Cameras: > 0 })
            return null;
        TestShot? shot;
        if (!found.HasOwnCamera)
        {
            say($"Taking a test picture with {program} ...");
            shot = await TestShot.TakeAsync(pi, machine, program, file, cancellation);
        }
        else if (await receiver.SnapshotAsync(Plan.NodeOf(request, machine, found), cancellation) is { } picture)
            shot = await TestShot.KeepAsync(picture, file, cancellation);
        else
            shot = null;
        say(shot is null ? "No test picture: our agent has the camera, and the receiver has no picture of it."
            : $"{shot.File}: {shot.Width}x{shot.Height}, {shot.Bytes} bytes{(found.HasOwnCamera ? ", the newest that our agent has sent" : "")}.");
        return shot;
    }

    private async Task<(AgentPackage, RuntimeArchive?)> PackageAsync(Machine machine)
    {
        var rid = machine.Rid!;
        var folder = request.Agent ?? await AgentBuild.PublishAsync(rid, say, cancellation);
        var runtime = request.Runtime is { } archive ? await RuntimeArchive.OfAsync(archive, cancellation) : null;
        var dotnet = runtime is null ? machine.Dotnet : RuntimeArchive.Dotnet;
        if (AgentPackage.NeedsRuntime(folder) && dotnet is null)
            throw new DeployException($"This agent uses the .NET of its machine, and {machine.Name} has no .NET 10 where a service could use it. Download the runtime for {rid} (https://dotnet.microsoft.com/download/dotnet/10.0, .NET Runtime, Linux, {rid["linux-".Length..]}) and give it with --runtime FILE.tar.gz.");
        return (AgentPackage.Of(folder, rid, dotnet), runtime);
    }
}
