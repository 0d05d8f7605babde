namespace PiStereoLink.Tests.SimulatedCamera;

public class H264Tests
{
    private const string Small = "-n --width 160 --height 120 --framerate 50 -g 10 ";

    private static readonly byte[] SequenceSet = [0, 0, 0, 1, 0x67];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string[]> FramesAsync(string file)
    {
        var read = await Tool.RunInstalledAsync("ffprobe", "-loglevel", "error", "-show_entries", "frame=pict_type,width", "-of", "csv=p=0", file);
        Assert.Equal("", read.Errors);
        return [.. read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(frame => frame.TrimEnd(','))];
    }

    /// <summary>How often the parameter sets come.</summary>
    private static async Task<int> SetsAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, Token);
        return Enumerable.Range(0, bytes.Length - SequenceSet.Length).Count(at => bytes.AsSpan(at, SequenceSet.Length).SequenceEqual(SequenceSet));
    }

    [Theory]
    [InlineData("rpicam-vid", "-n --width 160 --height 120 --framerate 50 --frames 12 -g 4 -o ")]
    [InlineData("raspivid", "-n -w 160 -h 120 -fps 50 -t 2000 -g 4 -o ")]
    public async Task It_can_be_played_and_its_key_frames_come_as_asked(string named, string options)
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options + folder.File("a.h264"), named: named);
        Assert.True(exitCode == 0, stderr);
        var frames = await FramesAsync(folder.File("a.h264"));
        Assert.True(named == "raspivid" ? frames.Length > 5 : frames.Length == 12, string.Join('\n', frames));
        Assert.Equal(Enumerable.Range(0, frames.Length).Select(i => i % 4 == 0 ? "160,I" : "160,P"), frames);
    }

    [Fact]
    public async Task Sigint_ends_the_stream_cleanly()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start("--width 160 --height 120 --framerate 50 -t 0 -o " + folder.File("a.h264"));
        await camera.SaysAsync("#3 ");
        camera.Interrupt();
        Assert.Equal(0, await camera.ExitCodeAsync());
        Assert.Equal([0, 0, 0, 1], (await File.ReadAllBytesAsync(folder.File("a.h264"), Token))[..4]);
    }

    [Theory]
    [InlineData("rpicam-vid", 255, "ERROR: *** codec h264 is not simulated without ffmpeg, use --codec mjpeg ***")]
    [InlineData("raspivid", 70, "H264 is not simulated without ffmpeg, use -cd MJPEG")]
    public async Task Without_ffmpeg_it_is_refused(string named, int code, string words)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync("-n", named: named, path: "/nowhere");
        Assert.Equal((code, words + "\n"), (exitCode, stderr));
    }

    [Fact]
    public async Task Segments_begin_at_key_frames_with_numbers_from_zero_that_wrap()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small + $"--frames 80 --segment 300 --wrap 4 --save-pts {folder.File("a.pts")} -o {folder.File("%02d.h264")}");
        Assert.True(exitCode == 0, stderr);
        // 20 frames a file, since 15 are over at the second key frame: four files, or five where frames were late, of which the last wraps.
        Assert.Equal(["00.h264", "01.h264", "02.h264", "03.h264"], Directory.GetFiles(folder.Path, "*.h264").Select(Path.GetFileName).Order());
        foreach (var file in Directory.GetFiles(folder.Path, "*.h264"))
            Assert.Equal("160,I", (await FramesAsync(file))[0]);
        var times = await File.ReadAllLinesAsync(folder.File("a.pts"), Token);
        Assert.Equal(("# timecode format v2", "0.000", 81), (times[0], times[1], times.Length));
        Assert.All(times[2..], time => Assert.EndsWith("0.000", time, StringComparison.Ordinal));      // 20 ms from frame to frame
    }

    [Fact]
    public async Task A_circular_buffer_is_written_at_sigint_from_a_key_frame_on_and_at_sigterm_not()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        foreach (var signal in (int[])[CameraProcess.Sigint, 15])
        {
            var file = folder.File($"{signal}.h264");
            // At this rate a megabyte holds about half a second: two groups of eight frames.
            using var camera = CameraProcess.Start($"--width 640 --height 480 --framerate 30 -t 0 -g 8 --circular=1 --bitrate 16000000 -o {file}");
            await camera.SaysAsync("#40 ");
            Assert.Equal(0, new FileInfo(file).Length);
            camera.Signal(signal);
            Assert.Equal(signal == CameraProcess.Sigint ? 0 : 128 + signal, await camera.ExitCodeAsync());
            if (signal == CameraProcess.Sigint)
            {
                var frames = await FramesAsync(file);
                Assert.Equal("640,I", frames[0]);
                Assert.InRange(frames.Length, 2, 39);
                Assert.InRange(new FileInfo(file).Length, 100_000, 1 << 20);
                await camera.SaysAsync($"({frames.Length} frames)");
            }
            else
                Assert.Equal(0, new FileInfo(file).Length);
        }
    }

    [Theory]
    [InlineData("libcamera-vid", "", 1)]
    [InlineData("libcamera-vid", "--inline", 3)]
    [InlineData("rpicam-vid", "", 3)]           // the encoder of a Pi 5 always does
    public async Task The_parameter_sets_come_once_or_with_each_key_frame(string named, string option, int times)
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small + $"--frames 30 {option} -o {folder.File("a.h264")}", named: named);
        Assert.True(exitCode == 0, stderr);
        Assert.Equal(times, await SetsAsync(folder.File("a.h264")));
        Assert.Equal(30, (await FramesAsync(folder.File("a.h264"))).Length);
    }

    [Theory]
    [InlineData("-o -", null, "libav: cannot allocate output context, try setting with --libav-format")]
    [InlineData("-o a.mp4", null, "libav's formats are not simulated, use -o FILE.h264")]
    [InlineData("-o - --libav-format h264 --segment 100", null, "libav: Incompatible options selected.")]
    [InlineData("-o a.h264 --segment 100", "2025-06", "libav: Incompatible options selected.")]
    public async Task A_pi_5_does_not_take_what_its_encoder_cannot(string options, string? generation, string words)
    {
        Tool.FindInstalled("ffmpeg");
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small + options, generation: generation);
        Assert.Equal(255, exitCode);
        Assert.EndsWith($"ERROR: *** {words} ***\n", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pi_5_writes_metadata_only_beside_a_file_of_that_kind()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(Small + $"--frames 5 --libav-format h264 -o - --metadata {folder.File("a.json")}");
        Assert.True(exitCode == 0 && stdout.AsSpan().StartsWith(SequenceSet), stderr);
        Assert.Equal("[\n\n]\n", await File.ReadAllTextAsync(folder.File("a.json"), Token));
        await CameraProcess.RunAsync(Small + $"--frames 5 -o {folder.File("a.h264")} --metadata {folder.File("a.json")}");
        Assert.Contains("FrameWallClock", await File.ReadAllTextAsync(folder.File("a.json"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_pause_it_goes_on_in_another_file_at_a_key_frame()
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start($"--width 160 --height 120 --framerate 50 -t 0 -g 10 -s --split -o {folder.File("%d.h264")}");
        await camera.SaysAsync("#5 ");
        Assert.False(File.Exists(folder.File("1.h264")));
        // Signals are looked at once a frame, and two within one undo each other: a slow machine gets time between them.
        var looks = 0;
        await Until.TrueAsync(() =>
        {
            if (looks++ % 25 == 0)
                camera.Signal(CameraProcess.Sigusr1);
            return Task.FromResult(File.Exists(folder.File("1.h264")));
        });
        camera.Interrupt();
        Assert.Equal(0, await camera.ExitCodeAsync());
        foreach (var file in Directory.GetFiles(folder.Path))
            Assert.Equal("160,I", (await FramesAsync(file))[0]);
    }
}
