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
    [InlineData("-td 1,1 -o -", 70, "--timed is not simulated")]
    [InlineData("-w 1920 -h 1080 -fps 90 -o -", 70, "mmal: Too many macroblocks/s requested")]
    [InlineData("-c -t 0 -o -", 0, "mmal: main: Error, circular buffer size is based on timeout must be greater than zero")]
    [InlineData("-c -o -", 0, "mmal: main: Error, Circular buffer mode requires either keypress (-k) or signal (-s) triggering")]
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

    [Fact]
    public async Task Segments_are_numbered_as_asked()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start($"-n -w 160 -h 120 -fps 50 -g 5 -t 0 -sg 1000 -sn 3 -wr 4 -pts {folder.File("%d.pts")} -o {folder.File("%d.h264")}", named: Raspivid);
        await Until.TrueAsync(() => Task.FromResult(File.Exists(folder.File("1.h264"))));
        camera.Interrupt();
        await camera.ExitCodeAsync();
        foreach (var number in (int[])[3, 4])
        {
            // -sg brings -ih with it: each file can be decoded alone.
            Assert.Equal([0, 0, 0, 1, 0x67], (await File.ReadAllBytesAsync(folder.File($"{number}.h264"), TestContext.Current.CancellationToken))[..5]);
            var times = await File.ReadAllTextAsync(folder.File($"{number}.pts"), TestContext.Current.CancellationToken);
            Assert.Equal(number == 3, times.StartsWith("# timecode format v2\n0.000\n", StringComparison.Ordinal));
        }
        Assert.False(File.Exists(folder.File("5.h264")));
    }

    [Fact]
    public async Task A_circular_buffer_is_written_when_a_signal_comes()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        // 2 s at 400 kbit/s: 100 kB.
        using var camera = CameraProcess.Start($"-n -w 160 -h 120 -fps 50 -g 5 -b 400000 -t 2000 -c -s -set -o {folder.File("a.h264")}", named: Raspivid);
        await camera.SaysAsync("AWB R=");
        camera.Signal(CameraProcess.Sigusr1);
        Assert.Equal(0, await camera.ExitCodeAsync());
        var bytes = await File.ReadAllBytesAsync(folder.File("a.h264"), TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 0, 1, 0x67], bytes[..5]);
        Assert.InRange(bytes.Length, 100, 110_000);
    }

    [Fact]
    public async Task More_than_level_4_is_level_42_and_has_another_limit()
    {
        Tool.FindInstalled("ffmpeg");
        var (code, _, said) = await CameraProcess.RunAsync("-n -w 1280 -h 720 -fps 90 -b 70000000 -t 100 -o /dev/null", named: Raspivid);
        Assert.Equal((0, "Too many macroblocks/s: Increasing H264 Level to 4.2\nBitrate too high: Reducing to 62.5MBit/s\n"), (code, said));
    }
}
