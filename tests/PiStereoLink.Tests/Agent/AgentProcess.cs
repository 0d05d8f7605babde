using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;

namespace PiStereoLink.Tests.Agent;

/// <summary>The real agent as a process: its lines on stderr as they come, its exit code and its last line.</summary>
internal sealed partial class AgentProcess : IAsyncDisposable
{
    public const int SigInt = 2, SigKill = 9, SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> seen = [];
    private readonly Task<string> stdout;
    private readonly Task reading;

    private AgentProcess(Process process)
    {
        this.process = process;
        stdout = process.StandardOutput.ReadToEndAsync();
        reading = ReadErrorsAsync();
    }

    /// <summary>Everything said on stderr so far, for a failing assertion.</summary>
    public string Said => string.Join('\n', seen);

    /// <summary>Starts <c>agent ARGUMENTS</c> with <paramref name="path"/> as PATH and nothing of this process's own settings.</summary>
    public static AgentProcess Start(string path, IEnumerable<string> arguments, string? executable = null, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(executable ?? Programs.Path("PiStereoLink.Agent"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The runtime that runs these tests, whatever is on PATH.
        info.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        info.Environment["PATH"] = path;
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return new AgentProcess(Process.Start(info)!);
    }

    /// <summary>The first line from now on that contains these words.</summary>
    public async Task<string> SaysAsync(string words)
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(late.Token))
                if (line.Contains(words, StringComparison.Ordinal))
                    return line;
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        throw new InvalidOperationException($"The agent did not say '{words}', but:\n{Said}");
    }

    public void Signal(int signal) => _ = Kill(process.Id, signal);

    /// <summary>Waits for the end; the exit code, and what stands on stdout.</summary>
    public async Task<(int ExitCode, string Output)> EndsAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        await reading.WaitAsync(Patience);
        return (process.ExitCode, await stdout.WaitAsync(Patience));
    }

    /// <summary>Stops it as Ctrl-C does and returns its last line.</summary>
    public async Task<AgentTally> StopsAsync(int signal = SigInt)
    {
        Signal(signal);
        return await TallyAsync();
    }

    /// <summary>Waits for an end in order and returns the last line, whose identity must hold.</summary>
    public async Task<AgentTally> TallyAsync()
    {
        var (exitCode, output) = await EndsAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}:\n{Said}");
        var tally = JsonSerializer.Deserialize<AgentTally>(output.TrimEnd().Split('\n')[^1], JsonSerializerOptions.Web)!;
        Assert.Equal(tally.SpooledAtStart + tally.Captured, tally.Acked + tally.Unconfirmed + tally.Spooled + tally.InFlight + tally.Dropped.Values.Sum());
        return tally;
    }

    public async ValueTask DisposeAsync()
    {
        // The first stops it in order, so that its cameras end with it; the next ends the draining.
        for (var tries = 0; tries < 40 && !process.HasExited; tries++)
        {
            Signal(SigInt);
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
            await process.WaitForExitAsync(soon.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        process.Kill(entireProcessTree: true);
        process.Dispose();
        try
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Said);      // shown when the test failed
        }
        catch (InvalidOperationException)
        {
            // It belongs to a fixture, and no test is running.
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            lines.Writer.TryWrite(line);
        }
        lines.Writer.Complete();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

/// <summary>The agent's last line.</summary>
internal sealed record AgentTally(
    long SpooledAtStart, long Captured, long Acked, long Unconfirmed, long Spooled, long InFlight, Dictionary<string, long> Dropped, AgentCameraTally[] Cameras);

/// <summary>One camera's part of it.</summary>
internal sealed record AgentCameraTally(string Name, long Captured, Dictionary<string, long> Restarts, long Damaged);
