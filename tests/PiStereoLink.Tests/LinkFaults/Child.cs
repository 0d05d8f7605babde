using System.Diagnostics;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>A program of this project as a process, what it says on stderr with the time, and its last line on stdout.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly List<(long At, string Text)> said = [];      // under itself, as is the next
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="program">The project's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="inNamespace">A network namespace to run in, or null.</param>
    /// <param name="path">Its PATH, or null for this process's own.</param>
    public Child(string program, IEnumerable<string> arguments, string? inNamespace = null, string? path = null)
    {
        var start = inNamespace is null
            ? new ProcessStartInfo(Programs.Path(program), arguments)
            : new ProcessStartInfo(Shell.Find("ip"), ["netns", "exec", inNamespace, Programs.Path(program), .. arguments]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["DOTNET_EnableDiagnostics"] = "0";      // a runtime that is killed leaves its sockets for debuggers behind
        if (path is not null)
            start.Environment["PATH"] = path;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.Add((Stopwatch.GetTimestamp(), line.Data ?? ""));
                more.SetResult();
                more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        };
        process.BeginErrorReadLine();
        output = process.StandardOutput.ReadToEndAsync();
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Everything said so far.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said.Select(line => line.Text));
        }
    }

    /// <summary>When each line with these words was said, from a time on.</summary>
    public long[] Times(string words, long since = 0)
    {
        lock (said)
            return [.. said.Where(line => line.At >= since && line.Text.Contains(words, StringComparison.Ordinal)).Select(line => line.At)];
    }

    /// <summary>Waits until it has said these words so often since then; returns when that was, or null when it took too long.</summary>
    public async Task<TimeSpan?> SaysAsync(string words, long since, TimeSpan within, int times = 1)
    {
        using var late = new CancellationTokenSource(within);
        var ended = process.WaitForExitAsync(late.Token);      // after its last line
        while (true)
        {
            Task next;
            lock (said)
                next = more.Task;
            if (Times(words, since) is { } found && found.Length >= times)
                return Stopwatch.GetElapsedTime(since, found[times - 1]);
            if (ended.IsCompleted)
                return null;
            await Task.WhenAny(next, ended);
        }
    }

    /// <summary>Sends a signal by its name: TERM, KILL, STOP, CONT.</summary>
    public void Signal(string name) => Shell.Run("kill", $"-{name}", $"{process.Id}");

    /// <summary>Waits for the end; returns what stands on stdout.</summary>
    public async Task<string> EndsAsync(TimeSpan? within = null)
    {
        await process.WaitForExitAsync().WaitAsync(within ?? Patience);
        return await output.WaitAsync(Patience);
    }

    /// <summary>Waits until it is stopped, as after the signal STOP.</summary>
    public async Task StopsRunningAsync()
    {
        while (File.ReadAllText($"/proc/{process.Id}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] is not ('T' or 't'))
            await Task.Delay(1);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
