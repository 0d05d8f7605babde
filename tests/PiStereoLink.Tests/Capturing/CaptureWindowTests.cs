using System.Diagnostics;
using PiStereoLink.Tests.View;

namespace PiStereoLink.Tests.Capturing;

/// <summary>The window of receiver capture, on a screen of its own, before the rendered rig's board.</summary>
public sealed class CaptureWindowTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("capture-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Space_keeps_a_pair_and_q_ends()
    {
        using var display = await VirtualDisplay.OpenAsync();
        // So seldom that only the key keeps one.
        using var capture = Process.Start(Capture(display.Name, "--every", "100000"))!;
        var window = await display.WindowAsync("PiStereoLink capture", capture);
        await Until.TrueAsync(() => Task.FromResult(File.Exists(In("preview.jpg"))));
        Assert.False(Directory.Exists(In("left")));
        await display.KeyAsync(window, "space");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(In("right/000000.jpg"))));
        await display.KeyAsync(window, "q");
        await capture.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(0, capture.ExitCode);
        Assert.Equal(["000000.jpg"], Directory.GetFiles(In("left")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Without_a_display_it_says_so_and_goes_on()
    {
        var outcome = await Tool.RunAsync(Capture(display: null, "--pairs", "1"));
        Assert.Contains("A window cannot be opened: There is no display here", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("preview.jpg shows the same.", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(File.Exists(In("right/000000.jpg")));
    }

    private ProcessStartInfo Capture(string? display, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"), ["capture", "sim:", "--board", "9x6", "--square", "40mm", "--out", folder.FullName, "--window", .. arguments])
        { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment["DISPLAY"] = display;
        start.Environment["PISTEREOLINK_SIM_SCENE"] = "board:3";      // on a busy machine two pictures of one place are a second apart
        return start;
    }

    private string In(string name) => Path.Combine(folder.FullName, name);
}
