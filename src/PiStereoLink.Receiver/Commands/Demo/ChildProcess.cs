using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>A program that this one started: its output is always read, and it never outlives this object.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int LinesKept = 5, Terminate = 15;

    private readonly Process process;
    private readonly Queue<string> lines = new();

    private ChildProcess(Process process) => this.process = process;

    /// <summary>The last lines that it wrote to stderr.</summary>
    public string LastWords
    {
        get
        {
            lock (lines)
                return string.Join(' ', lines);
        }
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start });
        child.process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child.process.OutputDataReceived += static (_, _) => { };
        child.process.Start();
        child.process.StandardInput.Close();
        child.process.BeginErrorReadLine();
        child.process.BeginOutputReadLine();
        return child;
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Asks it to end in order and waits as long as <paramref name="patience"/>. (SIGTERM: a shell's background jobs ignore SIGINT.)</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (process.HasExited || OperatingSystem.IsWindows() || Kill(process.Id, Terminate) != 0)
            return;
        using var deadline = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept)
                lines.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
