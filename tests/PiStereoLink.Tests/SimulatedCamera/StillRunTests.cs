using System.Text.Json;
using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.SimulatedCamera;

public class StillRunTests
{
    private const string Still = "rpicam-still";
    private const string Small = "-n --thumb none " + Stills.Small;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_picture_is_taken_at_the_timeout()
    {
        using var folder = new ScratchFolder();
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(Small + "-t 300 -o " + folder.File("a.jpg"), named: Still);
        Assert.Equal((0, 0), (exitCode, stdout.Length));
        Assert.Equal(1, Regex.Count(stderr, "Still capture image received"));
        Assert.True(Jpegs.IsWhole(await File.ReadAllBytesAsync(folder.File("a.jpg"), Token)));
    }

    [Theory]
    [InlineData("--immediate --timelapse 100")]
    [InlineData("--immediate -s")]
    public async Task Immediate_is_one_picture_and_no_more(string options)
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(Small + options + " -t 0 -o -", named: Still);
        Assert.Equal((0, 1), (exitCode, Jpegs.Split(stdout).Count));
    }

    [Fact]
    public async Task A_timelapse_waits_before_each_picture_and_ends_without_one()
    {
        using var folder = new ScratchFolder();
        using var truth = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(
            Small + $"-t 4000 --timelapse 310 -o {folder.File("%03d.jpg")} --framestart 7 --latest {folder.File("latest.jpg")} --metadata {folder.File("m.json")}", truth: truth.Path, named: Still);
        var times = Stills.Times(truth);
        Assert.Equal(0, exitCode);
        Assert.InRange(times.Length, 2, 10);
        Assert.Equal(times.Length, Regex.Count(stderr, "Still capture image received"));
        Assert.Equal(Enumerable.Range(7, times.Length).Select(number => $"{number:000}.jpg"), Directory.GetFiles(folder.Path, "0*.jpg").Select(Path.GetFileName).Order());
        // From trigger to picture a busy machine may need longer once than the next time.
        Assert.All(times.Zip(times[1..]), pair => Assert.True(pair.Second - pair.First > 310 - 100, string.Join(' ', times)));

        Assert.Equal(folder.File($"{6 + times.Length:000}.jpg"), new FileInfo(folder.File("latest.jpg")).LinkTarget);
        // One object of the newest picture only.
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), Token));
        Assert.Equal(times[^1], metadata.RootElement.GetProperty("FrameWallClock").GetInt64() / 1000 / 1000.0, 1e-3);
    }

    [Fact]
    public async Task A_timelapse_is_on_no_grid_a_slow_camera_stretches_it()
    {
        using var truth = new ScratchFolder();
        await CameraProcess.RunAsync(Small + "-t 5000 --timelapse 310", fault: "slow-still:500", truth: truth.Path, named: Still);
        var times = Stills.Times(truth);
        Assert.True(times.Length >= 2);
        // What the still costs, setting the camera up again, and six preview frames.
        Assert.All(times.Zip(times[1..]), pair => Assert.True(pair.Second - pair.First > 500 + 100 + 6 * 30, string.Join(' ', times)));
    }

    [Fact]
    public async Task Signals_ask_for_pictures_and_for_the_end()
    {
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start(Small + "-s -t 0 -o " + folder.File("%d.jpg"), named: Still);
        await camera.SaysAsync("configuring streams");
        camera.Signal(CameraProcess.Sigusr1);
        await camera.SaysAsync("Still capture image received");
        camera.Signal(CameraProcess.Sigusr2);
        var (exitCode, _) = await camera.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("Received signal 10", camera.Stderr, StringComparison.Ordinal);
        Assert.Equal([folder.File("0.jpg")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Who_waits_for_signals_takes_no_picture_at_the_timeout()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(Small + "-s -t 200 -o -", named: Still);
        Assert.Equal((0, 0), (exitCode, stdout.Length));
        Assert.DoesNotContain("Still capture", stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-s", CameraProcess.Sigusr1)]
    [InlineData("-s", CameraProcess.Sigusr2)]
    [InlineData("", CameraProcess.Sigusr1)]
    public async Task A_signal_before_the_camera_is_open_kills(string option, int signal)
    {
        using var camera = CameraProcess.Start($"-n -t 0 {option} --width 1640 --height 1232", named: Still);
        camera.Signal(signal);
        Assert.Equal(128 + signal, await camera.ExitCodeAsync());
    }

    [Fact]
    public async Task Sigint_kills()
    {
        using var camera = CameraProcess.Start(Small + "-t 0", named: Still);
        await camera.SaysAsync("configuring streams");
        camera.Interrupt();
        Assert.Equal(130, await camera.ExitCodeAsync());
    }

    [Fact]
    public async Task The_end_of_a_picture_on_stdout_waits_for_the_next()
    {
        using var camera = CameraProcess.Start(Small + "-s -t 0 -o -", named: Still);
        await camera.SaysAsync("configuring streams");
        camera.Signal(CameraProcess.Sigusr1);
        await camera.SaysAsync("Still capture image received");
        var first = camera.FrameAsync();
        // A second capture is needed to push the first one out.
        Assert.False(first.IsCompleted);
        camera.Signal(CameraProcess.Sigusr1);
        Assert.Equal((160, 120), Jpegs.Size(await first));
    }

    [Fact]
    public async Task Names_can_be_times()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + "--datetime -o " + folder.Path, named: Still);
        await CameraProcess.RunAsync(Stills.AtOnce + Stills.Small + "--timestamp -e png -o " + folder.Path, named: Still);
        Assert.Single(Directory.GetFiles(folder.Path), file => Regex.IsMatch(file, $@"/{DateTime.Now:MM}\d{{8}}\.jpg$"));
        Assert.Single(Directory.GetFiles(folder.Path), file => Regex.IsMatch(file, @"/\d{10}\.png$"));
    }

    [Fact]
    public async Task A_long_shutter_takes_its_time_once_if_all_is_fixed_and_twice_if_not()
    {
        var atOnce = await TimeToPictureAsync("--immediate --shutter 3000000 --gain 1 --awbgains 1,1");
        var afterPreview = await TimeToPictureAsync("-t 1 --shutter 3000000 --gain 1 --awbgains 1,1");
        var converging = await TimeToPictureAsync("--immediate --shutter 3000000");
        // The start is seen through a pipe, so a little late.
        Assert.InRange(atOnce, 2.1, 5.1);
        Assert.InRange(afterPreview, 5.1, 10.5);
        Assert.InRange(converging, 5.1, 10.5);

        static async Task<double> TimeToPictureAsync(string options)
        {
            using var camera = CameraProcess.Start(Small + options, named: Still);
            await camera.SaysAsync("configuring streams");
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await camera.SaysAsync("Still capture image received");
            return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    [Theory]
    [InlineData("-s --timelapse 1000", "keypress/signal and timelapse options are mutually exclusive")]
    [InlineData("--keypress --timelapse 1000", "keypress/signal and timelapse options are mutually exclusive")]
    [InlineData("-e tiff", "invalid encoding format tiff")]
    [InlineData("--thumb big", "bad thumbnail parameters big")]
    [InlineData("--codec mjpeg", "unrecognised option '--codec'")]
    [InlineData("--camera 2", "selected camera is not available")]
    public async Task What_the_real_one_refuses_is_refused_in_its_words(string options, string words)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small + options, named: Still);
        Assert.Equal((255, $"ERROR: *** {words} ***\n"), (exitCode, stderr));
    }

    [Fact]
    public async Task An_odd_size_is_refused_only_once_the_picture_is_taken()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Stills.AtOnce + "--width 161 --height 120 -o -", named: Still);
        Assert.Equal(255, exitCode);
        Assert.EndsWith("Still capture image received\nERROR: *** both width and height must be even ***\n", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_count_stills()
    {
        using var folder = new ScratchFolder();
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(Small + $"-t 0 --timelapse 100 -o - --metadata {folder.File("m.json")}", fault: "half:1,exit:9:3,no-metadata,stderr-flood,late:100", named: Still);
        Assert.Equal(9, exitCode);
        Assert.Equal([true, false, true], Jpegs.Split(stdout).Select(Jpegs.IsWhole));
        Assert.True(stderr.Length > 256 << 10);
        Assert.Equal(0, new FileInfo(folder.File("m.json")).Length);
    }

    [Theory]
    [InlineData("busy", "failed to acquire camera /base/axi/pcie@120000/rp1/i2c@88000/imx219@10")]
    [InlineData("no-camera", "no cameras available")]
    public async Task Without_a_camera_it_says_so(string fault, string words)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small, fault: fault, named: Still);
        Assert.Equal(255, exitCode);
        Assert.EndsWith($"ERROR: *** {words} ***\n", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_camera_takes_no_still()
    {
        using var camera = CameraProcess.Start(Small + "-t 1 -o -", fault: "stall:0", named: Still);
        await camera.SaysAsync("Device timeout detected");
        Assert.DoesNotContain("Still capture", camera.Stderr, StringComparison.Ordinal);
        Assert.False(camera.HasExited);
    }
}
