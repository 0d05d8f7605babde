using System.Text;

namespace PiStereoLink.Tests.SimulatedCamera;

public class OptionTests
{
    [Theory]
    [InlineData("--x", "unrecognised option '--x'")]
    [InlineData("--x=3", "unrecognised option '--x'")]
    [InlineData("-z", "unrecognised option '-z'")]
    [InlineData("--codec xyz", "unrecognised codec xyz")]
    [InlineData("--codec libav", "codec libav is not simulated, use --codec mjpeg")]
    [InlineData("--codec mjpeg --width", "the required argument for option '--width' is missing")]
    [InlineData("--codec mjpeg --width --height 480", "the required argument for option '--width' is missing")]
    [InlineData("--codec mjpeg --width wide", "the argument ('wide') for option '--width' is invalid")]
    [InlineData("--codec mjpeg --width 99999", "failed to valid stream configurations")]
    [InlineData("--codec mjpeg --camera 2", "selected camera is not available")]
    [InlineData("--codec mjpeg -t soon", "Invalid time string provided")]
    [InlineData("--codec mjpeg --shutter soon", "Invalid time string provided")]
    [InlineData("--codec mjpeg --rotation 45", "illegal rotation value")]
    [InlineData("--codec mjpeg --rotation 90", "transforms requiring transpose not supported")]
    [InlineData("--codec mjpeg --awbgains 1.5", "Invalid AWB gains")]
    [InlineData("--codec mjpeg --awb moonlight", "Invalid AWB mode: moonlight")]
    [InlineData("--codec mjpeg --lores 100", "option '--lores' is ambiguous and matches '--lores-height', and '--lores-par', and '--lores-width'")]
    public async Task What_the_real_one_refuses_is_refused_in_its_words(string options, string words)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(options);
        Assert.Equal((255, $"ERROR: *** {words} ***\n"), (exitCode, stderr));
        Assert.Empty(stdout);
    }

    [Theory]
    [InlineData("-n -v0 --codec mjpeg --width 160 --height 120 --frames 2 -o - -q 30")]
    [InlineData("--nopreview=true --verbose=0 --codec=mjpeg --width=160 --height=120 --frames=2 --output=- --quality=30")]
    [InlineData("--nop --verb=0 --cod mjpeg --width 160 --height 120 --frames 2 --output - -q30")]
    public async Task Each_way_to_write_an_option_is_understood(string options)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(options);
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.Equal([(160, 120), (160, 120)], Jpegs.Split(stdout).Select(Jpegs.Size));
    }

    [Fact]
    public async Task Options_that_change_nothing_here_are_accepted()
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(
            CameraProcess.Small + "--frames 1 --hflip --vflip --inline --shutter 10000 --gain 2 --awb auto --awbgains 1.5,1.2 --denoise cdn_off --hdr --mode 1640:1232:10:P");
        Assert.Equal(0, exitCode);
        Assert.Single(Jpegs.Split(stdout));
    }

    [Fact]
    public async Task Without_a_program_name_it_prints_its_own_help()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync("", program: Programs.Path("PiStereoLink.SimulatedCamera"));
        Assert.Equal(2, exitCode);
        Assert.Contains("PISTEREOLINK_SIM_FAULT", stderr, StringComparison.Ordinal);
        Assert.Contains("PISTEREOLINK_SIM_TRUTH", stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rpicam-vid", "Valid options are:", "--codec")]
    [InlineData("libcamera-vid", "Valid options are:", "--codec")]
    [InlineData("rpicam-still", "Valid options are:", "--timelapse")]
    [InlineData("libcamera-still", "Valid options are:", "--timelapse")]
    [InlineData("raspivid", "\"raspivid\" Camera App", "--codec")]
    [InlineData("raspistill", "\"raspistill\" Camera App", "--timelapse")]
    public async Task A_link_of_the_camera_programs_name_is_that_program(string name, params string[] words)
    {
        using var folder = new ScratchFolder();
        File.CreateSymbolicLink(folder.File(name), Programs.Path("PiStereoLink.SimulatedCamera"));
        var (exitCode, stdout, _) = await CameraProcess.RunAsync("--help", program: folder.File(name));
        Assert.Equal(0, exitCode);
        Assert.All(words, word => Assert.Contains(word, Encoding.ASCII.GetString(stdout), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_does_not_exist_is_named()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(CameraProcess.Small, fault: "stall:soon");
        Assert.Equal(255, exitCode);
        Assert.Contains("'stall:soon'", stderr, StringComparison.Ordinal);
    }
}
