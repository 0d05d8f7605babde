namespace PiStereoLink.Tests.SimulatedCamera;

public class RaspividTests
{
    private const string Raspivid = "raspivid";
    private const string Small = "-n -cd MJPEG -w 160 -h 120 -fps 50 -fl -o - ";

    [Fact]
    public async Task Frames_come_and_sigint_ends_it_with_130()
    {
        using var camera = CameraProcess.Start(Small + "-t 0", named: Raspivid);
        Assert.Equal((160, 120), Jpegs.Size(await camera.FrameAsync()));
        camera.Interrupt();
        Assert.Equal(130, await camera.ExitCodeAsync());
        Assert.Equal("", camera.Stderr);
    }

    [Theory]
    [InlineData("", 64, "")]
    [InlineData("-cd mjpeg", 64, "Invalid command line option (--codec)")]
    [InlineData("-cd MJPEG -q 50", 64, "Invalid command line option (-q)")]
    [InlineData("-c -o -", 70, "--circular is not simulated")]
    public async Task What_it_does_not_know_is_refused(string options, int code, string words)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options, named: Raspivid);
        Assert.Equal((code, words), (exitCode, stderr.TrimEnd()));
    }

    [Fact]
    public async Task The_bit_rate_makes_the_size_and_has_a_limit()
    {
        var (code, small, _) = await CameraProcess.RunAsync(Small + "-t 300 -b 1000000", named: Raspivid);
        var (_, large, _) = await CameraProcess.RunAsync(Small + "-t 300 -b 25000000", named: Raspivid);
        Assert.Equal(0, code);
        Assert.True(Jpegs.Split(small)[0].Length * 2 < Jpegs.Split(large)[0].Length);
        Assert.InRange(Jpegs.Split(small)[0].Length, 500, 1_000_000 / 8 / 50 * 1.2);

        var (_, _, said) = await CameraProcess.RunAsync(Small + "-t 100 -b 30000000", named: Raspivid);
        Assert.Contains("Reducing to 25MBit/s", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_paused_on_request_and_a_signal_resumes()
    {
        using var camera = CameraProcess.Start(Small + "-t 0 -s -i pause", fault: "stderr-flood", named: Raspivid);
        // The flood begins when the camera does.
        await camera.SaysAsync("~~~");
        var first = camera.FrameAsync();
        Assert.False(first.IsCompleted);
        camera.Signal(CameraProcess.Sigusr1);
        Assert.Equal((160, 120), Jpegs.Size(await first));
    }

    [Fact]
    public async Task A_reader_that_goes_away_kills_it()
    {
        using var camera = CameraProcess.Start(Small + "-t 0", named: Raspivid);
        await camera.FrameAsync();
        camera.CloseStdout();
        Assert.Equal(128 + 13, await camera.ExitCodeAsync());
    }
}
