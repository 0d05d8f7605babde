using System.Diagnostics;

namespace PiStereoLink.Tests.View;

/// <summary>A screen that nobody sees: Xvfb on a display number of its own, and keys for its windows.</summary>
internal sealed class VirtualDisplay : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process server;

    private VirtualDisplay(Process server, string name) => (this.server, Name) = (server, name);

    /// <summary>As the variable DISPLAY has it.</summary>
    public string Name { get; }

    /// <summary>Skips the test where Xvfb or xdotool is not installed.</summary>
    public static async Task<VirtualDisplay> OpenAsync()
    {
        foreach (var program in new[] { "Xvfb", "xdotool" })
            Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed.");
        // It says on stdout which number it took, once it takes connections.
        var server = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1100x24", "-nolisten", "tcp"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        var number = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new VirtualDisplay(server, $":{number}");
    }

    /// <summary>Waits until a window with this title is shown; returns its number.</summary>
    public async Task<string> WindowAsync(string title)
    {
        var (exitCode, output) = await RunAsync("search", "--sync", "--onlyvisible", "--name", title);
        Assert.Equal(0, exitCode);
        return output.Trim().Split('\n')[0];
    }

    /// <summary>Waits for the window of a program, which may end instead; where it was built without windows the test is skipped.</summary>
    public async Task<string> WindowAsync(string title, Process program)
    {
        var (ended, found) = (program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), WindowAsync(title));
        if (await Task.WhenAny(ended, found) == found)
            return await found;
        Assert.SkipWhen((await ended).Contains("libopencv-highgui-dev", StringComparison.Ordinal), "Built without OpenCV's windows (libopencv-highgui-dev).");
        throw new InvalidOperationException($"It ended at once: {await ended}");
    }

    /// <summary>Presses a key in a window.</summary>
    public async Task KeyAsync(string window, string key) => Assert.Equal(0, (await RunAsync("key", "--window", window, key)).ExitCode);

    /// <summary>Presses the mouse's first button at a place of a window, px.</summary>
    public async Task ClickAsync(string window, int x, int y) =>
        Assert.Equal(0, (await RunAsync("mousemove", "--window", window, $"{x}", $"{y}", "click", "1")).ExitCode);

    public void Dispose()
    {
        server.Kill();
        server.WaitForExit();
        server.Dispose();
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("xdotool", arguments) { RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = Name;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output);
        }
        finally
        {
            // It would wait for a window for ever.
            if (!process.HasExited)
                process.Kill();
        }
    }
}
