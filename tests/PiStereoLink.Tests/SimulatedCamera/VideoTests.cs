namespace PiStereoLink.Tests.SimulatedCamera;

public class VideoTests
{
    [Fact]
    public async Task So_many_frames_are_taken_and_the_end_is_clean()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 7 -t 1");
        var frames = Jpegs.Split(stdout);
        Assert.Equal(0, exitCode);
        Assert.Equal(7, frames.Count);
        Assert.All(frames, frame => Assert.True(Jpegs.IsWhole(frame)));
        Assert.Contains("INFO Camera camera_manager.cpp", stderr, StringComparison.Ordinal);
        Assert.Contains("Mode selection for 160:120", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_has_one_scan_no_restart_markers_and_no_exif()
    {
        var (_, stdout, _) = await CameraProcess.RunAsync("-n --codec mjpeg --frames 1 -o -");
        var frame = Assert.Single(Jpegs.Split(stdout));
        var markers = Jpegs.Markers(frame);
        Assert.Equal((640, 480), Jpegs.Size(frame));
        Assert.Single(markers, marker => marker == 0xDA);
        Assert.DoesNotContain(markers, marker => marker is >= 0xD0 and <= 0xD7 or 0xE1 or 0xDD);
        Assert.Equal(0xD9, markers[^1]);
    }

    [Fact]
    public async Task A_better_quality_makes_larger_frames()
    {
        var (_, coarse, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 1 -q 20");
        var (_, fine, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 1 -q 95");
        Assert.True(fine.Length > 2 * coarse.Length, $"{coarse.Length} and {fine.Length} bytes");
    }

    [Fact]
    public async Task The_timeout_ends_it_and_is_said()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + "-t 200");
        Assert.Equal(0, exitCode);
        Assert.InRange(Jpegs.Split(stdout).Count, 1, 10);
        Assert.Contains("Halting: reached timeout of 200 milliseconds.", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigint_ends_it_cleanly_between_frames()
    {
        using var camera = CameraProcess.Start(CameraProcess.Small + "-t 0");
        await camera.FrameAsync();
        camera.Interrupt();
        var (exitCode, rest) = await camera.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.All(Jpegs.Split(rest), frame => Assert.True(Jpegs.IsWhole(frame)));
        Assert.Contains("Received signal 2", camera.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigint_writes_the_end_that_waited_for_a_flush()
    {
        using var camera = CameraProcess.Start(CameraProcess.Small.Replace("--flush", "", StringComparison.Ordinal) + "-t 0");
        await camera.FrameAsync();
        camera.Interrupt();
        var (_, rest) = await camera.EndAsync();
        Assert.True(Jpegs.IsWhole(Jpegs.Split(rest)[^1]));
    }

    [Fact]
    public async Task Without_flush_the_end_of_a_frame_waits_for_the_next()
    {
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start("-n --codec mjpeg --width 160 --height 120 -t 0 -o " + folder.File("video.mjpg"), fault: "stall:1");
        await camera.SaysAsync("Device timeout detected");
        Assert.Equal(0, new FileInfo(folder.File("video.mjpg")).Length % 4096);
    }

    [Fact]
    public async Task A_reader_that_goes_away_kills_it_as_it_kills_the_real_one()
    {
        using var camera = CameraProcess.Start(CameraProcess.Small + "-t 0");
        await camera.FrameAsync();
        camera.CloseStdout();
        Assert.Equal(134, await camera.ExitCodeAsync());
        await camera.SaysAsync("failed to write output bytes");
    }

    [Fact]
    public async Task The_same_instant_always_looks_the_same()
    {
        using var folder = new ScratchFolder();
        var runs = await Task.WhenAll(Timed.RunAsync(folder, "a", ""), Timed.RunAsync(folder, "b", ""));
        var shared = runs[0].Keys.Intersect(runs[1].Keys).ToList();
        Assert.NotEmpty(shared);
        Assert.All(shared, time => Assert.Equal(runs[0][time], runs[1][time]));
        // And another instant does not: there is noise, and a ball that moves.
        Assert.Equal(runs[0].Count, runs[0].Values.Select(Convert.ToBase64String).Distinct().Count());
    }

    [Fact]
    public async Task Both_eyes_take_the_same_instants_of_one_grid()
    {
        using var folder = new ScratchFolder();
        var eyes = await Task.WhenAll(Timed.RunAsync(folder, "left", "--camera 0"), Timed.RunAsync(folder, "right", "--camera 1"));
        var shared = eyes[0].Keys.Intersect(eyes[1].Keys).ToList();
        Assert.NotEmpty(shared);
        Assert.All(eyes.SelectMany(eye => eye.Keys), time => Assert.Equal(0, time % Timed.PeriodNanoseconds));
        Assert.All(shared, time => Assert.NotEqual(eyes[0][time], eyes[1][time]));
    }

    [Theory]
    [InlineData("2025-12", 256)]        // a Pi 5's
    [InlineData("2022-11", 192)]
    public async Task Without_a_codec_frames_are_planes_with_rows_as_the_isp_has_them(string generation, int paddedWidth)
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small.Replace("mjpeg", "yuv420", StringComparison.Ordinal) + "--frames 3", generation: generation);
        Assert.Equal((0, 3 * paddedWidth * 120 * 3 / 2), (exitCode, stdout.Length));
        Assert.All(stdout.Chunk(paddedWidth).Take(120), row => Assert.True(row[..160].All(count => count > 0) && row[160..].All(count => count == 0)));
    }

    [Fact]
    public async Task Each_jpeg_is_a_key_frame_so_a_segment_can_be_one()
    {
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync($"-n --codec mjpeg --width 160 --height 120 --framerate 50 --frames 4 --segment 1 -o {folder.File("%d.jpg")}");
        Assert.True(exitCode == 0, stderr);
        Assert.Equal(4, Directory.GetFiles(folder.Path, "*.jpg").Length);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.True(Jpegs.IsWhole(File.ReadAllBytes(file))));
    }
}
