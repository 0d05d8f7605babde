using System.Text.Json;
using System.Text.RegularExpressions;
using PiStereoLink.Tests.Agent;
using PiStereoLink.Tests.SimulatedCamera;

namespace PiStereoLink.Tests.Recording;

/// <summary><c>agent record</c> of uncompressed video with the simulated camera programs.</summary>
public sealed partial class SimulatedRawRecordTests : IDisposable
{
    private const string Fixed = "--shutter 10000 --gain 2 --awbgains 1.62,1.87";

    private readonly CameraFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Out(string name) => Path.Combine(folder.Root, name);

    private async Task<(JsonElement Told, string Said)> RecordAsync(string camera, string options)
    {
        if (camera == "0")
            foreach (var name in (string[])["raspivid", "raspividyuv"])
                File.CreateSymbolicLink(Out(name), Programs.Path("PiStereoLink.SimulatedCamera"));
        await using var agent = AgentProcess.Start(folder.SearchPath, ["record", "--camera", camera, "--min-free", "1", "--json", .. options.Split(' ')],
            executable: null, ("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")));
        var (exitCode, output) = await agent.EndsAsync();
        Assert.True(exitCode == 0, agent.Said);
        return (JsonDocument.Parse(output).RootElement, agent.Said);
    }

    [Theory]
    [InlineData("sim:left", "a.yuv", 768, 486, 559_872)]
    [InlineData("0", "a.yuv", 672, 496, 499_968)]
    [InlineData("0", "a.rgb", 672, 496, 999_936)]
    public async Task The_file_is_whole_pictures_and_the_command_that_is_told_shows_what_a_still_shows(string camera, string file, int paddedWidth, int paddedHeight, int bytes)
    {
        var (told, said) = await RecordAsync(camera, $"-o {Out(file)} --width 648 --height 486 --framerate 5 --seconds 1 {Fixed}");
        var frames = told.GetProperty("frames").GetInt32();
        Assert.InRange(frames, 2, 7);
        Assert.Equal((frames * bytes, frames * bytes), (new FileInfo(Out(file)).Length, told.GetProperty("bytes").GetInt64()));
        Assert.Equal((file == "a.rgb" ? "rgb" : "yuv420", 648, 486, paddedWidth, paddedHeight, frames), (told.GetProperty("encoding").GetString(), told.GetProperty("width").GetInt32(),
            told.GetProperty("height").GetInt32(), told.GetProperty("paddedWidth").GetInt32(), told.GetProperty("paddedHeight").GetInt32(), told.GetProperty("keyFrames").GetInt32()));

        var player = PlayerInLog().Match(said);
        Assert.True(player.Success, said);
        // The legacy programs' range is not told; what plays them here has JPEG's.
        string[] range = camera == "0" && file == "a.yuv" ? ["-color_range", "pc"] : [];
        var (exitCode, _, errors) = await Tool.RunInstalledAsync("ffmpeg", ["-v", "error", .. player.Groups["input"].Value.Split(' '), .. range, "-i", Out(file), "-vf", player.Groups["crop"].Value, "-pix_fmt", "rgb24", "-f", "rawvideo", Out("shown")]);
        Assert.Equal((0, ""), (exitCode, errors));
        var shown = await File.ReadAllBytesAsync(Out("shown"), TestContext.Current.CancellationToken);
        Assert.Equal(frames * 648 * 486 * 3, shown.Length);
        var still = await Stills.RgbAsync(Stills.AtOnce + "--width 648 --height 486");
        // The ball has moved on; of a picture that lies elsewhere in its rows, half would be wrong.
        Assert.InRange(Stills.Difference(still, shown.Take(still.Length)), 0, 6);
        Assert.InRange(Stills.Difference(still, shown.TakeLast(still.Length)), 0, 6);
    }

    [Fact]
    public async Task Segments_hold_whole_pictures_and_add_up()
    {
        const int bytes = 256 * 120 * 3 / 2;
        var (told, _) = await RecordAsync("sim:left", $"-o {Out("%d.yuv")} --width 160 --height 120 --segment 1 --seconds 3.5 --pts");
        var files = Directory.GetFiles(folder.Root, "*.yuv");
        Assert.Equal(told.GetProperty("files").GetInt32(), files.Length);
        Assert.InRange(files.Length, 3, 5);
        var pictures = 0L;
        foreach (var file in files)
        {
            var (whole, rest) = Math.DivRem(new FileInfo(file).Length, bytes);
            Assert.Equal((0L, whole + 1), (rest, (long)(await File.ReadAllLinesAsync(Path.ChangeExtension(file, ".pts"), TestContext.Current.CancellationToken)).Length));
            pictures += whole;
        }
        Assert.Equal(told.GetProperty("frames").GetInt64(), pictures);
    }

    [Fact]
    public async Task The_last_second_in_memory_is_written_at_the_end()
    {
        var (told, _) = await RecordAsync("sim:left", $"-o {Out("")} --encoding yuv420 --width 160 --height 120 --framerate 10 --circular 1 --seconds 2.5");
        var file = told.GetProperty("last").GetString()!;
        Assert.EndsWith(".yuv", file, StringComparison.Ordinal);
        var (whole, rest) = Math.DivRem(new FileInfo(file).Length, 256 * 120 * 3 / 2);
        Assert.Equal(0, rest);
        // As long as asked for, both ends of it, and the picture before.
        Assert.InRange(whole, 2, 12);
        Assert.True(told.GetProperty("frames").GetInt64() > whole);
    }

    [GeneratedRegex("`ffplay (?<input>-f rawvideo .*?) -vf (?<crop>crop=[0-9:]+) FILE`")]
    private static partial Regex PlayerInLog();
}
