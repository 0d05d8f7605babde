using System.Text.Json;
using PiStereoLink.Tests.Vision;

namespace PiStereoLink.Tests.CalibrationFormats;

public sealed class CalibrationCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calibration-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_calibration_goes_from_form_to_form_and_back()
    {
        var npz = In("rig.npz");
        MadeUpRig.Calibration().Save(npz);
        var (yml, ros, back) = (In("rig.yml"), In("ros"), In("back.npz"));
        Assert.Equal("npz", (await ToldAsync("--in", npz, "--out", yml)).GetProperty("kind").GetString());
        Assert.Equal("opencv-yaml", (await ToldAsync("--in", yml, "--out", ros)).GetProperty("kind").GetString());
        var told = await ToldAsync("--in", ros, "--out", back);
        Assert.Equal("ros", told.GetProperty("kind").GetString());
        Assert.Equal((320, 240), (told.GetProperty("width").GetInt32(), told.GetProperty("height").GetInt32()));
        Assert.Equal(0.06501, told.GetProperty("baselineMetres").GetDouble(), 5);
        Assert.Equal(MadeUpRig.Calibration().FocalLengthPx!.Value, told.GetProperty("focalLengthPx").GetDouble(), 6);
        Assert.False(told.GetProperty("mapsOnly").GetBoolean());
        Assert.Equal(back, told.GetProperty("written")[0].GetString());
        Assert.Equal(0.06501, (await ToldAsync("--in", back)).GetProperty("baselineMetres").GetDouble(), 5);
    }

    [Fact]
    public async Task Maps_alone_are_told_and_not_written_as_cameras()
    {
        var told = await ToldAsync("--in", Data("blog.npz"));
        Assert.True(told.GetProperty("mapsOnly").GetBoolean());
        Assert.Equal(JsonValueKind.Null, told.GetProperty("baselineMetres").ValueKind);

        var refused = await RunAsync("--in", Data("blog.npz"), "--out", In("ros"));
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("A pair of ROS camera_info files tells the cameras", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData(2, "is no name for a calibration", "--out", "rig.txt")]
    [InlineData(2, "'squares' is no length", "--unit", "squares")]
    [InlineData(2, "--size '640' is no size of a picture", "--size", "640")]
    public async Task Wrong_usage_says_what_was_expected(int exitCode, string expected, string option, string value)
    {
        var refused = await RunAsync("--in", Data("cameras.npz"), option, value);
        Assert.Equal(exitCode, refused.ExitCode);
        Assert.Contains(expected, refused.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ToldAsync(params string[] arguments)
    {
        var outcome = await RunAsync([.. arguments, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private static Task<Tool.Outcome> RunAsync(params string[] arguments) => Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["calibration", .. arguments]);

    private static string Data(string name) => Path.Combine(Repository.Root!, "tests", "PiStereoLink.Tests", "Vision", "data", name);

    private string In(string name) => Path.Combine(folder.FullName, name);
}
