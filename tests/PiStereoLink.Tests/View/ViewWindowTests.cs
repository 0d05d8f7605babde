using System.Diagnostics;
using OpenCvSharp;
using PiStereoLink.Tests.EndToEnd;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Tests.Sources;
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
        using var view = Start(display.Name, "--from", $"{pair.Receiver.Web.BaseAddress}", "--rig", "sim", "--out", saved, "--save-preset", preset, "--matcher", "sgbm");
        var window = await display.WindowAsync("PiStereoLink sim", view);
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

    [Fact]
    public async Task A_source_of_this_machine_is_shown_and_a_slider_that_was_moved_is_in_the_preset()
    {
        using var display = await VirtualDisplay.OpenAsync();
        await using var run = new SourceRun();
        var (saved, preset) = (run.Path("saved"), run.Path("preset.json"));
        using var view = Start(display.Name, $"elp:{run.Film("l.avi", FlatScene.Left())},{run.Film("r.avi", FlatScene.Right())}", "--out", saved, "--save-preset", preset);
        var window = await display.WindowAsync("PiStereoLink elp", view);

        // The sliders lie below the picture of 720 rows; how far depends on the toolkit. A click beside the handle moves it.
        var moved = await SavedAsync();
        for (var y = 724; moved == new StereoBmParameters() && y < 1000; y += 8)
        {
            await display.ClickAsync(window, 900, y);
            await SavedAsync();             // what was shown before the click, perhaps
            moved = await SavedAsync();
        }
        var knob = Assert.Single(moved.Knobs, knob => knob.Get(moved) != knob.Get(new StereoBmParameters()));
        Assert.True(knob.Get(moved) > knob.Get(new StereoBmParameters()), $"{knob.Name} is {knob.Get(moved)}");
        await display.KeyAsync(window, "q");
        await view.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(0, view.ExitCode);
        Assert.Equal(moved, MatcherPreset.Load(preset));

        async Task<MatcherParameters> SavedAsync()
        {
            var before = Presets().Length;
            await Until.TrueAsync(async () =>
            {
                await display.KeyAsync(window, "s");
                return Presets().Length > before;
            });
            return MatcherPreset.Load(Presets()[^1]);
        }

        string[] Presets() => Directory.Exists(saved) ? [.. Directory.GetFiles(saved, "*-preset.json").Order()] : [];
    }

    [Theory]
    [InlineData("sbs:pi:stereopi/0", 2, "start one with receiver serve --rig NAME=sbs:pi:stereopi/0, then receiver view rig:NAME.")]
    [InlineData("sim:,none.npz", 1, "The calibration none.npz is not there")]
    [InlineData("garden", 2, "Source 'garden': it begins with none of elp: sbs: ps4: replay: sim:.")]
    public async Task What_cannot_be_shown_is_said(string source, int exitCode, string expected)
    {
        var refused = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "view", source);
        Assert.Equal(exitCode, refused.ExitCode);
        Assert.Contains(expected, refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(":4711")]
    public async Task Without_a_display_it_says_so_in_a_sentence(string? display)
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var view = Start(display, "--from", $"{receiver.Web.BaseAddress}", "--rig", "bare");
        var said = await view.StandardError.ReadToEndAsync(Token);
        await view.WaitForExitAsync(Token);
        Assert.Equal(1, view.ExitCode);
        Assert.StartsWith("A window cannot be opened: There is no display here", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rig_that_is_not_there_is_named_with_those_that_are()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var view = Start(display: null, "--from", $"{receiver.Web.BaseAddress}", "--rig", "garden");
        var said = await view.StandardError.ReadToEndAsync(Token);
        await view.WaitForExitAsync(Token);
        Assert.Equal((1, $"There is no rig garden at {receiver.Web.BaseAddress}. Known: bare.\n"), (view.ExitCode, said));
    }

    private static Process Start(string? display, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"), ["view", .. arguments])
        { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment["DISPLAY"] = display;
        return Process.Start(start)!;
    }
}
