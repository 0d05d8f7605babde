using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>
/// <c>receiver demo</c>: the main job with nothing but this machine. Two agents drive the simulated camera as processes and stream over
/// TCP to this receiver, which pairs, rectifies, matches, and holds the depth against the rendered truth.
/// </summary>
internal sealed class DemoCommand : Command
{
    /// <summary>From the first pair on; a small machine compiles everything on the way there.</summary>
    private static readonly TimeSpan PatienceForFirstDepth = TimeSpan.FromSeconds(60);

    private readonly Option<double?> seconds = new("--seconds") { Description = "Stop after so many seconds of depth; without it, run until Ctrl-C.", HelpName = "N" };
    private readonly Option<string> web = new("--web") { Description = "Address of the page.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:8080" };
    private readonly Option<bool> json = new("--json") { Description = "Print the figures as one JSON object on the last line of stdout." };

    public DemoCommand()
        : base("demo", """
            Two simulated Pis stream to this receiver; see live disparity and points at http://127.0.0.1:8080.

            Example:
              receiver demo --seconds 20 --json
            """)
    {
        Options.Add(seconds);
        Options.Add(web);
        Options.Add(json);
        SetAction((parsed, _) => RunAsync(parsed.GetValue(seconds), parsed.GetValue(web)!, parsed.GetValue(json)));
    }

    private static async Task<int> RunAsync(double? seconds, string web, bool json)
    {
        using var rig = await SimulatedRig.StartAsync();
        await using var app = ReceiverHost.Build(
            new ReceiverSettings { Listen = "127.0.0.1:0", Tls = "off", Web = web, Rigs = [$"demo={SimulatedRig.LeftNode}/0,{SimulatedRig.RightNode}/0,{rig.CalibrationFile}"] },
            LogLevel.Warning);
        await app.StartReceiverAsync();
        var url = $"http://{app.Services.GetRequiredService<WebOptions>().Bound}";
        rig.StartAgents(app.Services.GetRequiredService<FramePortOptions>().Bound);
        await Console.Error.WriteLineAsync($"Two simulated Pis stream to this receiver. Look at {url}{(seconds is null ? "; Ctrl-C ends" : "")}.");

        app.Services.GetRequiredService<RigDirectory>().TryFind("demo", out var watched);
        using var measurement = new DemoMeasurement(watched!, rig.TruthFolder);
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var ended = await measurement.RunAsync(seconds is { } n ? TimeSpan.FromSeconds(n) : null, PatienceForFirstDepth, rig.AgentFailedAsync(), stopping);
        await rig.StopAgentsAsync();
        await app.StopAsync(CancellationToken.None);
        if (ended is not null)
        {
            await Console.Error.WriteLineAsync($"No depth: {ended} {rig.LastWords()}");
            return 1;
        }

        var result = measurement.Result(url);
        Console.WriteLine(json ? JsonSerializer.Serialize(result, DemoJson.Default.DemoResult) : Describe(result));
        return 0;
    }

    private static string Describe(DemoResult result) => string.Create(CultureInfo.InvariantCulture, $"""
        {result.FramesReceived} frames, {result.Pairs} pairs turned into depth, {result.PairsPerSecond:0.0} a second.
        Capture to depth {result.LatencyMsP50:0} ms (median), {result.LatencyMsP99:0} ms (99 %).
        Depth within {result.DepthErrorMedianPercent:0.00} % of the rendered truth (median, 0.5 to 4 m), for {result.Density:P0} of the picture.
        """);
}
