using System.Diagnostics;
using System.Text.Json;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Capturing;

/// <summary>Four processes: the two eyes of the simulated rig before which a board is held, a receiver, and a capture from it.</summary>
public sealed class CaptureLiveTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("capture-");
    private readonly List<Process> agents = [];
    private RunningReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await RunningReceiver.StartAsync(In("store"), rigs: "desk=left/0,right/0");
        foreach (var eye in new[] { "left", "right" })
        {
            var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Agent"),
                ["run", "--to", receiver.FramePort.ToString(), "--node", eye, "--camera", $"sim:{eye}", "--mode", "video", "--state", In(eye), "--width", "640", "--height", "480", "--framerate", "10"])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PISTEREOLINK_SIM_SCENE"] = "board:3";      // on a busy machine two pictures of one place are a second apart
            var agent = Process.Start(start)!;
            agent.BeginOutputReadLine();
            agent.BeginErrorReadLine();
            agents.Add(agent);
        }
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("rigs")[0].GetProperty("pairs").GetInt64() > 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
        {
            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync(CancellationToken.None);
            agent.Dispose();
        }
        await receiver.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pairs_of_a_running_rig_are_kept_when_the_board_rests_in_a_new_place()
    {
        var told = await CaptureAsync("rig:desk", "--board", "9x6", "--square", "40mm", "--pairs", "4");
        Assert.Equal(4, told.GetProperty("kept").GetInt32());

        foreach (var name in new[] { "000000.jpg", "000001.jpg", "000002.jpg", "000003.jpg" })
        {
            var (left, right) = (File.ReadAllBytes(In($"kept/left/{name}")), File.ReadAllBytes(In($"kept/right/{name}")));
            // As the cameras sent them: the receiver's own store has the same bytes, the newest soon.
            await Until.TrueAsync(() => Task.FromResult(IsStored(left) && IsStored(right)));
            var (one, other) = (Find(left), Find(right));
            Assert.True(one.IsFound && other.IsFound, name);
            // Of one moment: the eyes stand 12 cm apart at one height, so the board's rows differ by little.
            Assert.InRange(one.Corners.Zip(other.Corners).Average(pair => Math.Abs(pair.First.Y - pair.Second.Y)), 0, 15);
        }
    }

    [Fact]
    public async Task One_camera_is_kept_without_a_board_and_refused_with_one()
    {
        var told = await CaptureAsync("pi:left/0", "--pairs", "3");
        Assert.Equal((3, JsonValueKind.Null), (told.GetProperty("kept").GetInt32(), told.GetProperty("coverage").ValueKind));
        Assert.Equal(["000000.jpg", "000001.jpg", "000002.jpg"], Directory.GetFiles(In("kept")).Select(Path.GetFileName).Order());

        var refused = await RunAsync("pi:left/0", "--board", "9x6");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("left/0 is one camera; a board is captured with both eyes of a rig: receiver capture rig:NAME --board 9x6.", refused.Errors, StringComparison.Ordinal);
        refused = await RunAsync("rig:garden");
        Assert.Contains($"There is no rig garden at {receiver.Web.BaseAddress}. Known: desk.", refused.Errors, StringComparison.Ordinal);
        refused = await RunAsync("pi:middle/0");
        Assert.Contains("There is no camera middle/0", refused.Errors, StringComparison.Ordinal);
    }

    private bool IsStored(byte[] jpeg) => Directory.EnumerateFiles(In("store"), "*.jpg", SearchOption.AllDirectories)
        .Any(file => new FileInfo(file).Length == jpeg.Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(jpeg));

    private static FoundBoard Find(byte[] jpeg) => ChessBoardFinder.Find(jpeg, new ChessBoard(9, 6, 0.040), "kept");

    private async Task<JsonElement> CaptureAsync(params string[] arguments)
    {
        var outcome = await RunAsync([.. arguments, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private Task<Tool.Outcome> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["capture", .. arguments, "--out", In("kept"), "--from", $"{receiver.Web.BaseAddress}"]);

    private string In(string name) => Path.Combine(folder.FullName, name);
}
