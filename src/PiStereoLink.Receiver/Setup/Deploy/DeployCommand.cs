using System.CommandLine;
using System.Text.Json;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary><c>./pistereolink deploy</c> and, for an agent that is there, <c>upgrade</c>.</summary>
internal sealed class DeployCommand : Command
{
    private readonly LoginOptions login = new();
    private readonly Option<string[]> cameras = new("--camera") { Description = "A camera, as agent run takes it; may be given several times. [default: 0, or what is set there]", HelpName = "SPEC", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> node = new("--node") { Description = "The Pi's name at the receiver. [default: its host name, or what is set there]", HelpName = "NAME" };
    private readonly Option<string[]> settings = new("--set") { Description = "A setting of the agent, such as Framerate=15 (docs/configuration.md); may be given several times.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> receiver = new("--receiver") { Description = "Where the Pi finds this machine. [default: where its login came from]", HelpName = "ADDRESS" };
    private readonly Option<string?> agent = new("--agent") { Description = "An agent that is published already. [default: built from the sources for the Pi's processor]", HelpName = "DIR" };
    private readonly Option<string?> runtime = new("--runtime") { Description = "A .NET runtime to bring along, for an agent without its own.", HelpName = "FILE.tar.gz" };
    private readonly Option<string?> testShot = new("--test-shot") { Description = "Where the test picture goes. [default: HOST-test.jpg]", HelpName = "FILE" };
    private readonly Option<bool> noTestShot = new("--no-test-shot") { Description = "Take no test picture." };
    private readonly Option<int> wait = new("--wait") { Description = "How long the first picture may take, or the old agent is put back; a timelapse's interval is added.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> check = new("--check") { Description = "Only look whether it can be done." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Look and build, and say what would be done there." };
    private readonly Option<bool> anyMachine = new("--any-machine") { Description = "Also on a machine that is not a Raspberry Pi." };
    private readonly Option<bool> enableCamera = new("--enable-camera") { Description = "Switch the camera on in config.txt where it is off, without asking." };
    private readonly Option<bool> reboot = new("--reboot") { Description = "Reboot the Pi where that makes the camera work." };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };
    private readonly bool upgrades;

    private DeployCommand(string name, string description, bool upgrades)
        : base(name, description)
    {
        this.upgrades = upgrades;
        login.AddTo(this);
        foreach (var option in new Option[] { cameras, node, settings, receiver, agent, runtime, testShot, noTestShot, wait, check, dryRun, anyMachine, enableCamera, reboot, json })
            Options.Add(option);
        SetAction(DeployAsync);
    }

    public static DeployCommand Deploy() => new("deploy", """
        Set the agent up on a Pi, over SSH: look whether it can run there, take a test picture and bring it here, install it as a service, pair it
        with the receiver on this machine, and see its first picture come in. Done again, it changes what differs, and nothing else. An agent
        that sends nothing is replaced by the one before it. docs/deploy.md says what it does to the Pi, file by file.

        Example: with the receiver running in another terminal (./pistereolink receiver serve --store pictures)
          ./pistereolink deploy pi@raspberrypi.local
        """, upgrades: false);

    public static DeployCommand Upgrade() => new("upgrade", """
        Bring a newer agent to a Pi that has one: its settings and its pairing stay, and if the new one sends no pictures, the old one is put back.

        Example:
          ./pistereolink upgrade pi@raspberrypi.local
        """, upgrades: true);

    private async Task<int> DeployAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var target = login.Target(parsed);
        var name = parsed.GetValue(node);
        if (name is not null && !CameraName.IsValid(name))
            throw new FormatException($"--node {name} cannot be a name: {CameraName.Allowed} can, such as {CameraName.Nearest(name)}.");
        foreach (var camera in parsed.GetValue(cameras) ?? [])
            AgentEnv.Parse($"Cameras__0={camera}");
        var seconds = parsed.GetValue(wait);
        if (seconds is < 1 or > 3600)
            throw new FormatException($"--wait {seconds}: 1 to 3600 seconds are allowed.");
        var request = new DeployRequest(target)
        {
            State = login.State(parsed),
            Receiver = parsed.GetValue(receiver),
            Node = name,
            Cameras = parsed.GetValue(cameras) ?? [],
            Settings = [.. (parsed.GetValue(settings) ?? []).Select(AgentEnv.Parse)],
            Agent = parsed.GetValue(agent),
            Runtime = parsed.GetValue(runtime),
            TestShot = upgrades || parsed.GetValue(noTestShot) ? null : parsed.GetValue(testShot) ?? $"{CameraName.Nearest(target.Host)}-test.jpg",
            Wait = TimeSpan.FromSeconds(seconds),
            CheckOnly = parsed.GetValue(check),
            DryRun = parsed.GetValue(dryRun),
            AnyMachine = parsed.GetValue(anyMachine),
            EnableCamera = parsed.GetValue(enableCamera),
            Reboot = parsed.GetValue(reboot),
            UpgradeOnly = upgrades,
        };
        using var here = ReceiverHere.In(request.State);
        var result = await login.WithPiAsync(parsed, pi => new Deployment(request, pi, here, Console.Error.WriteLine, cancellation).RunAsync(), cancellation);
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(result, DeployJson.Default.DeployResult));
        return 0;
    }
}
