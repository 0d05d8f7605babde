using System.Net;

namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>Two agents, each with one eye of the simulated camera, as processes; their files lie in a temporary folder.</summary>
internal sealed class SimulatedRig : IDisposable
{
    public const string LeftNode = "pi-left", RightNode = "pi-right";

    private const string Width = "640", Height = "480", Framerate = "10", Quality = "85";
    private const string CameraVariable = "PISTEREOLINK_SIMULATED_CAMERA", TruthVariable = "PISTEREOLINK_SIM_TRUTH";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-demo-");
    private readonly string camera = SiblingProgram.Find("PiStereoLink.SimulatedCamera", CameraVariable);
    private readonly string agent = SiblingProgram.Find("PiStereoLink.Agent", "PISTEREOLINK_AGENT");
    private readonly List<ChildProcess> agents = [];

    private SimulatedRig()
    {
    }

    /// <summary>Where the simulated camera writes the true depth.</summary>
    public string TruthFolder => folder.FullName;

    /// <summary>The rig as it was built: cameras, lenses, baseline.</summary>
    public string CalibrationFile => Path.Combine(TruthFolder, "rig.npz");

    /// <summary>Asks the simulated camera what it has, which also makes it write the rig.</summary>
    /// <exception cref="FileNotFoundException">A program is not built.</exception>
    /// <exception cref="IOException">The simulated camera did not answer.</exception>
    public static async Task<SimulatedRig> StartAsync()
    {
        var rig = new SimulatedRig();
        using var listing = ChildProcess.Start(rig.camera, ["rpicam-vid", "--list-cameras", "--width", Width, "--height", Height], rig.Environment());
        var code = await listing.ExitAsync();
        if (code == 0 && File.Exists(rig.CalibrationFile))
            return rig;
        rig.Dispose();
        throw new IOException($"The simulated camera ({rig.camera}) ended with code {code} and wrote no rig: {listing.LastWords}");
    }

    public void StartAgents(IPEndPoint receiver)
    {
        agents.Add(StartAgent(LeftNode, "sim:left", receiver));
        agents.Add(StartAgent(RightNode, "sim:right", receiver));
    }

    /// <summary>Completes when an agent ends by itself, which it should not.</summary>
    public async Task<string> AgentFailedAsync()
    {
        var code = await await Task.WhenAny(agents.Select(agent => agent.ExitAsync()));
        return $"an agent ended with code {code}.";
    }

    public string LastWords() => string.Join(' ', agents.Select(agent => agent.LastWords));

    public Task StopAgentsAsync() => Task.WhenAll(agents.Select(agent => agent.StopAsync(TimeSpan.FromSeconds(15))));

    public void Dispose()
    {
        foreach (var agent in agents)
            agent.Dispose();
        folder.Delete(recursive: true);
    }

    private ChildProcess StartAgent(string node, string eye, IPEndPoint receiver) => ChildProcess.Start(agent,
        ["run", "--to", receiver.ToString(), "--node", node, "--camera", eye, "--mode", "video", "--state", Path.Combine(folder.FullName, node),
         "--width", Width, "--height", Height, "--framerate", Framerate, "--quality", Quality, "--drain", "2"],
        Environment());

    private Dictionary<string, string> Environment() => new() { [CameraVariable] = camera, [TruthVariable] = TruthFolder };
}
