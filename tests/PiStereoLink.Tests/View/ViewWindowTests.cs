using System.Diagnostics;
using OpenCvSharp;
using PiStereoLink.Tests.EndToEnd;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.View;

/// <summary>The desktop window as a process, on a screen of its own, with keys as a person presses them.</summary>
public class ViewWindowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_a_rig_and_s_saves_and_q_quits()
    {
        using var display = await VirtualDisplay.OpenAsync();
        await using var pair = await SimulatedPair.StartAsync();
        await pair.PairsAsync(1);
        var (saved, preset) = (Path.Combine(pair.TruthFolder, "saved"), Path.Combine(pair.TruthFolder, "preset.json"));
        using var view = Start(pair.Receiver, display.Name, "--rig", "sim", "--out", saved, "--save-preset", preset, "--matcher", "sgbm");
        var (ended, found) = (view.StandardError.ReadToEndAsync(Token), display.WindowAsync("PiStereoLink sim"));
        if (await Task.WhenAny(ended, found) == ended)
        {
            Assert.SkipWhen((await ended).Contains("libopencv-highgui-dev", StringComparison.Ordinal), "Built without OpenCV's windows (libopencv-highgui-dev).");
            Assert.Fail($"It ended at once: {await ended}");
        }

        var window = await found;
        // Before the first pair s has nothing to save: press it until it has.
        await Until.TrueAsync(async () =>
        {
            await display.KeyAsync(window, "s");
            return Directory.Exists(saved) && Directory.GetFiles(saved, "*-preset.json").Length > 0;
        });
        await display.KeyAsync(window, "q");
        await view.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(0, view.ExitCode);
        Assert.Equal(MatcherPreset.Write(new StereoSgbmParameters()), await File.ReadAllBytesAsync(preset, Token));
        using var shown = Cv2.ImRead(Directory.GetFiles(saved, "*-view.png")[0]);
        Assert.Equal((720, 960), (shown.Rows, shown.Cols));
        using var disparity = Cv2.ImRead(Directory.GetFiles(saved, "*-disparity.png")[0], ImreadModes.AnyDepth);
        Assert.Equal((480, 640), (disparity.Rows, disparity.Cols));
        Assert.StartsWith("\u00FF\u00D8", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Directory.GetFiles(saved, "*-right.jpg")[0], Token)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(":4711")]
    public async Task Without_a_display_it_says_so_in_a_sentence(string? display)
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var view = Start(receiver, display, "--rig", "bare");
        var said = await view.StandardError.ReadToEndAsync(Token);
        await view.WaitForExitAsync(Token);
        Assert.Equal(1, view.ExitCode);
        Assert.StartsWith("A window cannot be opened: There is no display here", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rig_that_is_not_there_is_named_with_those_that_are()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var view = Start(receiver, display: null, "--rig", "garden");
        var said = await view.StandardError.ReadToEndAsync(Token);
        await view.WaitForExitAsync(Token);
        Assert.Equal((1, $"There is no rig garden at {receiver.Web.BaseAddress}. Known: bare.\n"), (view.ExitCode, said));
    }

    private static Process Start(RunningReceiver receiver, string? display, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"), ["view", "--from", $"{receiver.Web.BaseAddress}", .. arguments])
        { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment["DISPLAY"] = display;
        return Process.Start(start)!;
    }
}
