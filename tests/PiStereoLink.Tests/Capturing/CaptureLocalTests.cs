using System.Diagnostics;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Sources;

namespace PiStereoLink.Tests.Capturing;

/// <summary>receiver capture of a source of this machine, without a receiver: films in the devices' place, and the rendered rig.</summary>
public sealed class CaptureLocalTests : IAsyncDisposable
{
    private readonly SourceRun run = new();

    public ValueTask DisposeAsync() => run.DisposeAsync();

    [Fact]
    public async Task Two_films_are_kept_in_pairs_until_there_are_enough()
    {
        var told = await CaptureAsync($"elp:{run.Film("l.avi", FlatScene.Left())},{run.Film("r.avi", FlatScene.Right())}", "--pairs", "3");
        Assert.Equal(3, told.GetProperty("kept").GetInt32());
        foreach (var eye in new[] { "left", "right" })
            Assert.Equal(["000000.jpg", "000001.jpg", "000002.jpg"], Directory.GetFiles(run.Path($"kept/{eye}")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_film_that_is_over_ends_the_capture_and_the_eyes_are_as_the_source_says()
    {
        var told = await CaptureAsync($"sbs:{run.Film("both.avi", FlatScene.SideBySide(), 6)}+crop=300x200");
        Assert.InRange(told.GetProperty("kept").GetInt32(), 1, 6);
        var scan = JpegScanner.Check(await File.ReadAllBytesAsync(run.Path("kept/right/000000.jpg"), TestContext.Current.CancellationToken));
        Assert.Equal((300, 200), (scan.Width, scan.Height));
    }

    [Fact]
    public async Task The_rendered_rigs_board_is_found_in_both_eyes()
    {
        var told = await CaptureAsync("sim:+size=640x480+fps=10", "--board", "9x6", "--square", "40mm", "--pairs", "2");
        Assert.Equal(2, told.GetProperty("kept").GetInt32());
        Assert.True(File.Exists(run.Path("kept/preview.jpg")));
    }

    private async Task<JsonElement> CaptureAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"), ["capture", .. arguments, "--out", run.Path("kept"), "--json"]);
        start.Environment["PISTEREOLINK_SIM_SCENE"] = "board:3";      // on a busy machine two pictures of one place are a second apart
        var outcome = await Tool.RunAsync(start);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]).RootElement;
    }
}
