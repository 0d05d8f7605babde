using System.Text;

namespace PiStereoLink.Tests.SimulatedCamera;

public class GenerationTests
{
    [Theory]
    [InlineData("libcamera-vid", null, "0 : imx219 [3280x2464] (/base/soc/i2c0mux/i2c@1/imx219@10)")]
    [InlineData("libcamera-still", "2023", "0 : imx219 [3280x2464 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx219@10)")]
    [InlineData("rpicam-still", null, "0 : imx219 [3280x2464 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx219@10)")]
    public async Task The_list_has_the_form_of_its_time(string named, string? generation, string line)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync("--list-cameras", named: named, generation: generation);
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.Contains(line, Encoding.ASCII.GetString(stdout).Split('\n'));
    }

    [Theory]
    [InlineData("--list-cameras", "Available cameras")]
    [InlineData("--version", "libcamera-apps build: ")]
    [InlineData("--help", "Valid options are:")]
    public async Task Old_ones_answer_on_stderr(string option, string beginning)
    {
        foreach (var named in (string[])["libcamera-vid", "libcamera-still"])
        {
            var old = await CameraProcess.RunAsync(option, named: named, generation: "2022-07");
            Assert.Equal((0, 0), (old.ExitCode, old.Stdout.Length));
            Assert.StartsWith(beginning, old.Stderr, StringComparison.Ordinal);
            var newer = await CameraProcess.RunAsync(option, named: named, generation: "2022-08");
            Assert.Equal("", newer.Stderr);
            Assert.StartsWith(beginning, Encoding.ASCII.GetString(newer.Stdout), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("libcamera-vid", "--metadata m.json", "--metadata", "2022-08", "2022-09")]
    [InlineData("libcamera-still", "--metadata m.json", "--metadata", "2022-05", "2022-06")]
    [InlineData("libcamera-still", "--immediate", "--immediate", "2021-08", "2021-09")]
    [InlineData("libcamera-vid", "--list-cameras", "--list-cameras", "2021-10", "2021-11")]
    [InlineData("libcamera-vid", "--lens-position 1", "--lens-position", "2022-10", "2022-11")]
    [InlineData("libcamera-still", "--zsl", "--zsl", "2023-09", "2023-10")]
    [InlineData("rpicam-vid", "--low-latency", "--low-latency", "2024-11", "2024-12")]
    [InlineData("rpicam-vid", "--preview-backend x", "--preview-backend", "2026-06", "2026-07")]
    public async Task An_option_is_refused_until_it_came(string named, string options, string option, string before, string after)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options + " --version", named: named, generation: before);
        Assert.Equal((255, $"ERROR: *** unrecognised option '{option}' ***\n"), (exitCode, stderr));
        Assert.Equal(0, (await CameraProcess.RunAsync(options + " --version", named: named, generation: after)).ExitCode);
    }

    [Fact]
    public async Task Units_came_in_2023()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync("-t 5s --version", named: "libcamera-still", generation: "2023-06");
        Assert.Equal((255, "ERROR: *** the argument ('5s') for option '--timeout' is invalid ***\n"), (exitCode, stderr));
        Assert.Equal(0, (await CameraProcess.RunAsync("-t 5s --version", named: "libcamera-still", generation: "2023-07")).ExitCode);
    }

    [Fact]
    public async Task A_year_is_its_end_and_nonsense_is_named()
    {
        Assert.Equal(0, (await CameraProcess.RunAsync("--metadata m --version", generation: "2022")).ExitCode);
        var (exitCode, _, stderr) = await CameraProcess.RunAsync("--version", generation: "old");
        Assert.Equal(255, exitCode);
        Assert.Contains("'old'", stderr, StringComparison.Ordinal);
    }
}
