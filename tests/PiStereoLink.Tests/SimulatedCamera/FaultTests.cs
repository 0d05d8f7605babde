using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PiStereoLink.Tests.SimulatedCamera;

public class FaultTests
{
    [Fact]
    public async Task Busy_refuses_with_the_cameras_id()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + "--camera 1", fault: "busy");
        var lines = stderr.Split('\n');
        Assert.Equal(255, exitCode);
        Assert.Empty(stdout);
        Assert.Contains("Pipeline handler in use by another process", lines[0], StringComparison.Ordinal);
        Assert.Equal("ERROR: *** failed to acquire camera /base/axi/pcie@120000/rp1/i2c@80000/imx219@10 ***", lines[1]);
    }

    [Fact]
    public async Task No_camera_refuses()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(CameraProcess.Small, fault: "no-camera");
        Assert.Equal((255, "ERROR: *** no cameras available ***\n"), (exitCode, stderr));
    }

    [Fact]
    public async Task A_stalled_camera_sends_no_more_and_does_not_hear_sigint()
    {
        using var camera = CameraProcess.Start(CameraProcess.Small + "-t 0", fault: "stall:3");
        for (var i = 0; i < 3; i++)
            await camera.FrameAsync();
        var more = camera.FrameAsync();
        camera.Interrupt();
        await camera.SaysAsync("Received signal 2");
        await camera.SaysAsync("ERROR: Device timeout detected, attempting a restart!!!");
        Assert.False(more.IsCompleted);
        Assert.False(camera.HasExited);
        camera.Kill();
        await Assert.ThrowsAnyAsync<Exception>(() => more);
    }

    [Fact]
    public async Task A_half_frame_is_followed_by_whole_ones()
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 5", fault: "half:2");
        Assert.Equal(0, exitCode);
        Assert.Equal([true, true, false, true, true], Jpegs.Split(stdout).Select(Jpegs.IsWhole));
    }

    [Fact]
    public async Task A_flood_on_stderr_is_more_than_a_pipe_holds()
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 3", fault: "stderr-flood");
        Assert.Equal((0, 3), (exitCode, Jpegs.Split(stdout).Count));
        Assert.True(stderr.Length > 256 << 10);
    }

    [Fact]
    public async Task Late_frames_come_late_and_none_is_left_out()
    {
        using var folder = new ScratchFolder();
        using var camera = CameraProcess.Start(CameraProcess.Small + "--frames 10 --metadata " + folder.File("m.json"), fault: "late:300");
        var arrivals = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            await camera.FrameAsync();
            arrivals.Add(DateTime.UtcNow - DateTime.UnixEpoch);
        }
        await camera.EndAsync();

        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), TestContext.Current.CancellationToken));
        var captures = metadata.RootElement.EnumerateArray().Select(about => TimeSpan.FromMicroseconds(about.GetProperty("FrameWallClock").GetInt64() / 1000));
        Assert.All(arrivals.Zip(captures), pair => Assert.True(pair.First - pair.Second >= TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_frozen_picture_keeps_its_bytes_while_its_times_go_on()
    {
        using var folder = new ScratchFolder();
        var (_, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 6 --metadata " + folder.File("m.json"), fault: "frozen:3");
        var frames = Jpegs.Split(stdout).ConvertAll(Convert.ToBase64String);
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), TestContext.Current.CancellationToken));
        Assert.Equal(3, frames.Distinct().Count());
        Assert.Equal(3, frames[2..].Count - frames[2..].Distinct().Count());
        Assert.Equal(6, metadata.RootElement.EnumerateArray().Select(about => about.GetProperty("FrameWallClock").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task It_exits_with_the_code_asked_for()
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "-t 0", fault: "exit:3:4");
        Assert.Equal((3, 4), (exitCode, Jpegs.Split(stdout).Count));
    }

    [Fact]
    public async Task Sigint_can_be_ignored()
    {
        using var camera = CameraProcess.Start(CameraProcess.Small + "-t 0", fault: "ignore-sigint");
        await camera.FrameAsync();
        camera.Interrupt();
        await camera.SaysAsync("Received signal 2");
        for (var i = 0; i < 10; i++)
            await camera.FrameAsync();
        Assert.False(camera.HasExited);
    }

    [Fact]
    public async Task Metadata_can_stay_away()
    {
        using var folder = new ScratchFolder();
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 2 --metadata " + folder.File("m.json"), fault: "no-metadata");
        Assert.Equal((0, 2), (exitCode, Jpegs.Split(stdout).Count));
        Assert.Equal(0, new FileInfo(folder.File("m.json")).Length);
    }

    [Fact]
    public async Task Chatter_comes_before_the_first_frame_on_stdout()
    {
        var (_, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 1", fault: "chatter");
        Assert.StartsWith("Running without preview window\n", Encoding.Latin1.GetString(stdout), StringComparison.Ordinal);
        Assert.Single(Jpegs.Split(stdout));
    }

    [Fact]
    public async Task Faults_can_be_combined()
    {
        var (exitCode, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "-t 0", fault: "chatter,half:1,exit:9:3");
        Assert.Equal(9, exitCode);
        Assert.Equal([true, false, true], Jpegs.Split(stdout).Select(Jpegs.IsWhole));
    }
}
