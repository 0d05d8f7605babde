using System.Text;
using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.SimulatedCamera;

public partial class CameraListTests
{
    [Fact]
    public async Task Both_cameras_are_listed_on_stdout_with_a_blank_line_after_each()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync("--list-cameras");

        var lines = Encoding.ASCII.GetString(stdout).Split('\n');
        Assert.Equal(0, exitCode);
        Assert.Empty(stderr);
        Assert.Equal("Available cameras", lines[0]);
        Assert.Equal("-----------------", lines[1]);
        var cameras = lines.Where(line => Camera().IsMatch(line)).Select(line => Camera().Match(line).Groups).ToList();
        Assert.Equal(["0", "1"], cameras.Select(camera => camera[1].Value));
        Assert.Equal(["imx219", "imx219"], cameras.Select(camera => camera[2].Value));
        Assert.Equal(["/base/axi/pcie@120000/rp1/i2c@88000/imx219@10", "/base/axi/pcie@120000/rp1/i2c@80000/imx219@10"], cameras.Select(camera => camera[3].Value));
        Assert.Equal(2, lines[..^1].Count(line => line.Length == 0));
        Assert.Equal("", lines[^2]);
        Assert.Equal(16, lines.Count(line => Mode().IsMatch(line)));
    }

    [Fact]
    public async Task Without_a_camera_the_list_says_so_and_succeeds()
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync("--list-cameras", fault: "no-camera");
        Assert.Equal((0, "No cameras available!\n"), (exitCode, Encoding.ASCII.GetString(stdout)));
    }

    [Theory]
    [InlineData("--version", "rpicam-apps build: ")]
    [InlineData("--help", "Valid options are:")]
    [InlineData("-h", "Valid options are:")]
    public async Task Version_and_help_go_to_stdout(string option, string beginning)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(option);
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.StartsWith(beginning, Encoding.ASCII.GetString(stdout), StringComparison.Ordinal);
    }

    // The grammar of the real program's list, as the agent reads it.
    [GeneratedRegex(@"^(\d+) : (\S+) \[\d+x\d+ \d+-bit [A-Z]+\] \((.+)\)$")]
    private static partial Regex Camera();

    [GeneratedRegex(@"^    (?:Modes: |       )(?:'[A-Z0-9_]+' : | +)\d+x\d+ \[\d+\.\d\d fps - \(\d+, \d+\)/\d+x\d+ crop\]$")]
    private static partial Regex Mode();
}
