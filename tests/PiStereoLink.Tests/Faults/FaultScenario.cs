using System.Diagnostics;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

/// <summary>What came of a fault.</summary>
/// <param name="Told">The agent's sentence; null when it had none to say.</param>
/// <param name="Away">The longest time without a new picture.</param>
/// <param name="Tally">The agent's account of the camera.</param>
/// <param name="Left">Processes that were still there after the agent's end.</param>
internal sealed record FaultOutcome(string? Told, TimeSpan Away, AgentCameraTally Tally, IReadOnlyList<string> Left);

/// <summary>A real agent drives the simulated camera, which plays a fault in its first run, and sends to a real socket.</summary>
internal static class FaultScenario
{
    private const int PicturesAfter = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Until pictures come again, then stops the agent.</summary>
    /// <param name="fault">In the simulated camera's words.</param>
    /// <param name="sentence">What the agent is to say of it; null when it lives with it.</param>
    public static async Task<FaultOutcome> PlayAsync(string fault, string? sentence)
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = Run(folder, receiver.Port, $"{fault},once:{folder.Root}/played");
        var telling = sentence is null ? Task.FromResult<string>(null!) : agent.SaysAsync(sentence);

        using var stream = await receiver.AcceptAsync();
        var clock = Stopwatch.StartNew();       // how long the agent itself takes to start is not what is asked
        var (seen, lastNew, away) = (new HashSet<string>(), TimeSpan.Zero, TimeSpan.Zero);
        for (var after = 0; after < PicturesAfter;)
        {
            var picture = Stamped.Without((await stream.ReadAsync())!);
            Assert.True(clock.Elapsed - lastNew < Patience, $"The pictures do not change any more. The agent said:\n{agent.Said}");
            if (!seen.Add(Convert.ToHexString(picture)))
                continue;
            away = Max(away, clock.Elapsed - lastNew);
            lastNew = clock.Elapsed;
            after += telling.IsCompleted ? 1 : 0;
        }
        var told = await telling;
        stream.Dispose();
        var tally = await agent.StopsAsync();
        return new(told, away, Assert.Single(tally.Cameras), Family.Of(folder));
    }

    public static AgentProcess Run(CameraFolder folder, int port, string fault, params (string Name, string Value)[] more) =>
        folder.Run(port, ["--camera", "sim:left", "--width", "160", "--height", "120", "--framerate", "10", "--drain", "0"],
            [("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")), ("PISTEREOLINK_SIM_FAULT", fault), .. more]);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
