using System.Globalization;
using PiStereoLink.Agent;

namespace PiStereoLink.Benchmarks;

/// <summary>
/// A camera program's MJPEG, 1080p at 30 fps, to a TCP socket. The camera is the simulated one with two pictures that take turns, so that it costs
/// next to nothing; it is a process of its own for everybody and is not measured.
/// </summary>
internal sealed class RelayBenchmark : Benchmark
{
    private const int Framerate = 30;
    // The runtime compiles what is hot in the first fifteen seconds; a camera node runs for weeks.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20), Measured = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> CheapCamera = new()
    {
        ["PISTEREOLINK_SIM_FAULT"] = "two-pictures:1",
        ["PISTEREOLINK_SIMULATED_CAMERA"] = Camera,
    };
    private static readonly string[] Picture = ["--width", "1920", "--height", "1080", "--framerate", "30"];

    public override string Name => "relay";

    public override string Question => "What does a 1080p picture at 30 fps cost from the camera program's pipe to the socket?";

    private static string Camera => Places.Program("PiStereoLink.SimulatedCamera");

    public override IEnumerable<Contestant> Contestants()
    {
        // The same for the agent that is loaded here.
        foreach (var (name, value) in CheapCamera)
            Environment.SetEnvironmentVariable(name, value);
        yield return new Contestant("agent", null, AgentAsync);
        var ffmpeg = Places.Tool("ffmpeg");
        yield return new Contestant("ffmpeg -c copy", ffmpeg is null ? "it is not installed" : null, () => PipedAsync(ffmpeg!, port =>
            ["-nostdin", "-loglevel", "error", "-f", "mjpeg", "-framerate", $"{Framerate}", "-i", "pipe:0", "-c", "copy", "-f", "mjpeg", $"tcp://127.0.0.1:{port}"]));
        var python = Places.Peer("relay_agent.py");
        yield return new Contestant("relay_agent.py", python is null ? "the peers are not beside the repository" : null, () => PipedAsync("/usr/bin/python3", port => [python!, "--port", $"{port}"]));
    }

    private static async Task<Figures> AgentAsync()
    {
        var state = Directory.CreateTempSubdirectory("psl-bench-");
        using var sink = new Sink();
        var agent = new MeasuredProcess(Places.Program("PiStereoLink.Agent"),
            ["run", "--to", $"127.0.0.1:{sink.Port}", "--camera", "sim:left", "--node", "bench", "--state", state.FullName, .. Picture], CheapCamera);
        try
        {
            var figures = await MeasureAsync(agent, sink);
            return figures with { Values = [.. figures.Values, new Figure("garbageBytesPerFrame", "bytes of garbage a frame", await Garbage.PerFrameAsync(PictureSettings.Video with { Width = 1920, Height = 1080, Framerate = Framerate }))] };
        }
        finally
        {
            agent.Dispose();
            state.Delete(recursive: true);
        }
    }

    private static async Task<Figures> PipedAsync(string program, Func<int, string[]> arguments)
    {
        using var sink = new Sink();
        using var camera = new MeasuredProcess(Camera, ["rpicam-vid", "-t", "0", "-n", "--codec", "mjpeg", "--flush", "-o", "-", .. Picture], CheapCamera, readOutput: false);
        using var relay = new MeasuredProcess(program, arguments(sink.Port));
        _ = camera.Output.CopyToAsync(relay.Input, 1 << 18);
        return await MeasureAsync(relay, sink);
    }

    private static async Task<Figures> MeasureAsync(MeasuredProcess process, Sink sink)
    {
        await sink.Connected.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(WarmUp);
        var (cpu, bytes) = (process.CpuMilliseconds, sink.Bytes);
        await Task.Delay(Measured);
        var frames = (long)(Measured.TotalSeconds * Framerate);
        if (sink.Bytes == bytes)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Nothing came for {Measured.TotalSeconds} s."));
        return new Figures(frames, Figures.Cpu((process.CpuMilliseconds - cpu) / frames), Figures.Peak(process.PeakMegabytes));
    }
}
