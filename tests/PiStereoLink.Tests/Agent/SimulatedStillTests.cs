using System.Text.Json;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>The real agent takes stills with the simulated camera, which plays the programs of several years.</summary>
public class SimulatedStillTests
{
    private static readonly string[] Small = ["--width", "320", "--height", "240", "--settle", "100"];

    private static async Task<(int ExitCode, string Output, string Said)> CaptureAsync(
        CameraFolder folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, ["capture", "--node", "garden", .. Small, .. arguments], executable: null,
            [("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")), .. environment]);
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output, agent.Said);
    }

    private static CameraFolder Installed(string program)
    {
        var folder = new CameraFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Root, program), Programs.Path("PiStereoLink.SimulatedCamera"));
        return folder;
    }

    [Fact]
    public async Task The_right_eye_shoots_with_what_the_left_eye_found()
    {
        using var folder = new CameraFolder();
        var (light, right) = (Path.Combine(folder.Root, "light.json"), Path.Combine(folder.Root, "right.jpg"));
        var left = await CaptureAsync(folder, ["--camera", "sim:left", "--freeze", light]);
        Assert.True(left.ExitCode == 0, left.Said);
        var (exitCode, output, said) = await CaptureAsync(folder, ["--camera", "sim:right", "-o", right, "--frozen", light, "--json"]);
        Assert.True(exitCode == 0, said);

        var (found, told) = (FrozenExposure.Read(light), JsonDocument.Parse(output).RootElement);
        // A sensor exposes whole lines, so a shutter comes out within one.
        Assert.InRange(told.GetProperty("exposureMicroseconds").GetDouble(), found.ShutterMicroseconds - 30, found.ShutterMicroseconds + 30);
        Assert.InRange(told.GetProperty("analogueGain").GetDouble() * told.GetProperty("digitalGain").GetDouble(), found.Gain * 0.99, found.Gain * 1.01);
        Assert.Equal([found.ColourGains.Red, found.ColourGains.Blue], told.GetProperty("awbgains").EnumerateArray().Select(gain => gain.GetDouble()));

        var stamp = Stamped.Of(await File.ReadAllBytesAsync(right, TestContext.Current.CancellationToken));
        Assert.Equal(("imx219", null), (stamp.Sensor, stamp.Clock.ErrorMicroseconds));
    }

    [Theory]
    [InlineData("rpicam-still", "2026-09", "i2c@88000")]
    [InlineData("libcamera-still", "2022-11", "i2c@1")]
    [InlineData("libcamera-still", "2021-12", "i2c@1")]      // no metadata, and its list of cameras is on stderr
    [InlineData("raspistill", "", "0")]
    public async Task Every_generation_takes_a_picture(string program, string generation, string camera)
    {
        using var folder = Installed(program);
        var file = Path.Combine(folder.Root, "a.jpg");
        var (exitCode, _, said) = await CaptureAsync(folder, ["--camera", camera, "-o", file, "--brightness", "0.1"], ("PISTEREOLINK_SIM_GENERATION", generation));
        Assert.True(exitCode == 0, said);
        var jpeg = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var picture = JpegScanner.Check(jpeg);
        Assert.Equal((JpegFault.None, 320, 240), (picture.Fault, picture.Width, picture.Height));
        Assert.Equal("garden", Stamped.Of(jpeg).Camera.Node);
    }

    [Theory]
    [InlineData("libcamera-still", "2022-11", "--hdr auto", "libcamera-still has no --hdr: this version of it does not know the option.")]
    [InlineData("libcamera-still", "2022-06", "--autofocus-mode auto", "libcamera-still has no --autofocus-mode: this version of it does not know the option.")]
    public async Task What_a_version_lacks_is_told_by_its_name(string program, string generation, string arguments, string sentence)
    {
        using var folder = Installed(program);
        var (exitCode, _, said) = await CaptureAsync(folder, ["-o", Path.Combine(folder.Root, "a.jpg"), .. arguments.Split(' ')], ("PISTEREOLINK_SIM_GENERATION", generation));
        Assert.Equal(1, exitCode);
        Assert.StartsWith(sentence, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("busy", "Another program is using the camera")]
    [InlineData("no-camera", "No camera was found.")]
    public async Task A_fault_is_one_sentence(string fault, string sentence)
    {
        using var folder = new CameraFolder();
        var (exitCode, _, said) = await CaptureAsync(folder, ["-o", Path.Combine(folder.Root, "a.jpg"), "--camera", "sim:left"], ("PISTEREOLINK_SIM_FAULT", fault));
        Assert.Equal(1, exitCode);
        Assert.StartsWith(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }
}
