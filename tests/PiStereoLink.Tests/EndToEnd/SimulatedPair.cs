using System.Diagnostics;
using System.Globalization;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.EndToEnd;

/// <summary>A receiver with a calibrated rig, and two agents with the simulated camera's eyes as processes.</summary>
internal sealed class SimulatedPair : IAsyncDisposable
{
    private const string Truth = "PISTEREOLINK_SIM_TRUTH";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-pair-");
    private readonly List<Process> agents = [];

    private SimulatedPair()
    {
    }

    public RunningReceiver Receiver { get; private set; } = null!;

    public string TruthFolder => folder.FullName;

    public string StoreFolder => Path.Combine(folder.FullName, "store");

    public static async Task<SimulatedPair> StartAsync(int framerate = 10, bool stores = false)
    {
        var pair = new SimulatedPair();
        var listing = new ProcessStartInfo(Programs.Path("PiStereoLink.SimulatedCamera"), ["rpicam-vid", "--list-cameras", "--width", "640", "--height", "480"]);
        listing.Environment[Truth] = pair.TruthFolder;
        var listed = await Tool.RunAsync(listing);
        Assert.Equal((0, ""), (listed.ExitCode, listed.Errors));
        pair.Receiver = await RunningReceiver.StartAsync(stores ? pair.StoreFolder : null, rigs: $"sim=left/0,right/0,{Path.Combine(pair.TruthFolder, "rig.npz")}");
        foreach (var eye in new[] { "left", "right" })
            pair.agents.Add(pair.StartAgent(eye, framerate));
        return pair;
    }

    public async Task PairsAsync(int count) => await Until.TrueAsync(async () =>
        (await Receiver.StatusAsync()).GetProperty("rigs")[0].GetProperty("pairs").GetInt64() >= count);

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
        {
            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
            agent.Dispose();
        }
        await Receiver.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private Process StartAgent(string eye, int framerate)
    {
        var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Agent"),
            ["run", "--to", Receiver.FramePort.ToString(), "--node", eye, "--camera", $"sim:{eye}", "--mode", "video", "--state", Path.Combine(TruthFolder, eye),
             "--width", "640", "--height", "480", "--framerate", framerate.ToString(CultureInfo.InvariantCulture), "--quality", "85"])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Truth] = TruthFolder;
        var agent = Process.Start(start)!;
        agent.OutputDataReceived += static (_, _) => { };
        agent.ErrorDataReceived += static (_, _) => { };
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
        return agent;
    }
}
