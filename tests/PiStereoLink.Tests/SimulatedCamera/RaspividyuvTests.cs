namespace PiStereoLink.Tests.SimulatedCamera;

public class RaspividyuvTests
{
    private const string Raspividyuv = "raspividyuv";
    private const string Small = "-n -w 330 -h 170 -fps 50 -ss 10000 -ag 2 -dg 1 -awb off -awbg 1.62,1.87 -o - ";

    [Theory]
    [InlineData("", 1.5)]
    [InlineData("-rgb ", 3)]
    [InlineData("--luma ", 1)]
    public async Task Frames_are_the_buffers_with_their_padding(string option, double bytesPerPixel)
    {
        var (exitCode, video, stderr) = await CameraProcess.RunAsync(Small + option + "-t 300", named: Raspividyuv);
        Assert.True(exitCode == 0, stderr);
        var (frames, rest) = Math.DivRem(video.Length, (int)(352 * 176 * bytesPerPixel));
        Assert.True(frames > 0 && rest == 0);
        var (_, still, _) = await CameraProcess.RunAsync(Small.Replace("-fps 50 ", "", StringComparison.Ordinal) + option + "-t 50", named: "raspiyuv");
        // The ball has moved on.
        Assert.InRange(Stills.Difference(still, video.Take(still.Length)), 0, 6);
    }

    [Theory]
    [InlineData("", 64, "")]
    [InlineData("-fl -o -", 64, "Invalid command line option (-fl)")]
    [InlineData("-cd MJPEG -o -", 64, "Invalid command line option (-cd)")]
    [InlineData("-rgb -y -o -", 64, "--luma and --rgb are mutually exclusive\nInvalid command line option (--luma)")]
    [InlineData("-td 1,1 -o -", 70, "--timed is not simulated")]
    [InlineData("-o tcp://10.0.0.1:1234", 70, "network output is not simulated, use -o -")]
    public async Task What_it_does_not_know_is_refused(string options, int code, string words)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options, named: Raspividyuv);
        Assert.Equal((code, words), (exitCode, stderr.TrimEnd()));
    }

    [Fact]
    public async Task It_ends_on_sigint_as_raspivid_does()
    {
        using var camera = CameraProcess.Start(Small + "-set -t 0", named: Raspividyuv);
        var ended = camera.EndAsync();
        await camera.SaysAsync("AWB R=");
        camera.Interrupt();
        Assert.Equal(130, (await ended).ExitCode);
    }
}
