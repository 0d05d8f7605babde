using System.Text.Json;

namespace PiStereoLink.Tests.SimulatedCamera;

public class ExposureTests
{
    private sealed record Exposed(long Exposure, double Gain, double Red, bool Locked);

    [Fact]
    public async Task Exposure_and_white_balance_settle_in_half_a_second()
    {
        var frames = await RunAsync("--frames 45");
        Assert.True(frames[0].Exposure < frames[^1].Exposure && frames[0].Red < frames[^1].Red, string.Join('\n', frames));
        // Step by step, with as many steps as the machine takes frames in that time.
        Assert.Equal(frames.Select(frame => frame.Red).Order(), frames.Select(frame => frame.Red));
        Assert.All(frames.TakeWhile(frame => !frame.Locked).Skip(1), frame => Assert.True(frames[0].Red < frame.Red && frame.Red < frames[^1].Red));
        Assert.False(frames[0].Locked);
        Assert.True(frames[^1].Locked);
        Assert.All(frames[^5..], frame => Assert.InRange(frame.Exposure, 9_800, 10_200));
        // It locks once, and half a second is 25 frames, or fewer on a busy machine.
        Assert.InRange(frames.FindIndex(frame => frame.Locked), 1, 26);
        Assert.All(frames[frames.FindIndex(frame => frame.Locked)..], frame => Assert.True(frame.Locked));
    }

    [Fact]
    public async Task What_is_fixed_holds_exactly()
    {
        var frames = await RunAsync("--frames 10 --shutter 4000 --gain 3.5 --awbgains 1.4,2.1");
        Assert.All(frames, frame => Assert.Equal(new Exposed(4000, 3.5, 1.4, Locked: true), frame));
    }

    [Fact]
    public async Task What_is_left_automatic_makes_up_for_what_is_fixed()
    {
        var byShutter = (await RunAsync("--frames 40 --gain 8"))[^1];
        var byGain = (await RunAsync("--frames 40 --shutter 5000"))[^1];
        Assert.InRange(byShutter.Exposure, 2_300, 2_700);
        Assert.Equal(4, byGain.Gain, 0.1);
    }

    [Fact]
    public async Task A_video_frame_allows_no_longer_shutter()
    {
        Assert.All(await RunAsync("--frames 3 --shutter 500000"), frame => Assert.InRange(frame.Exposure, 19_000, 20_000));
    }

    private static async Task<List<Exposed>> RunAsync(string options)
    {
        using var folder = new ScratchFolder();
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(CameraProcess.Small + options + " --metadata " + folder.File("m.json"));
        Assert.True(exitCode == 0, stderr);
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), TestContext.Current.CancellationToken));
        return [.. metadata.RootElement.EnumerateArray().Select(about => new Exposed(
            about.GetProperty("ExposureTime").GetInt64(), about.GetProperty("AnalogueGain").GetDouble(), about.GetProperty("ColourGains")[0].GetDouble(), about.GetProperty("AeLocked").GetBoolean()))];
    }
}
