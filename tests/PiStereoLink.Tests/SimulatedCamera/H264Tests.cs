namespace PiStereoLink.Tests.SimulatedCamera;

public class H264Tests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rpicam-vid", "-n --width 160 --height 120 --framerate 50 --frames 12 -g 4 -o ")]
    [InlineData("raspivid", "-n -w 160 -h 120 -fps 50 -t 250 -g 4 -o ")]
    public async Task It_can_be_played_and_its_key_frames_come_as_asked(string named, string options)
    {
        Tool.FindInstalled("ffmpeg");
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options + folder.File("a.h264"), named: named);
        Assert.True(exitCode == 0, stderr);
        var read = await Tool.RunInstalledAsync("ffprobe", "-loglevel", "error", "-show_entries", "frame=pict_type,width", "-of", "csv=p=0", folder.File("a.h264"));
        var frames = read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(named == "raspivid" ? frames.Length > 5 : frames.Length == 12, read.Output);
        Assert.Equal(Enumerable.Range(0, frames.Length).Select(i => i % 4 == 0 ? "160,I" : "160,P"), frames.Select(frame => frame.TrimEnd(',')));
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
}
