using System.Diagnostics;
using System.Globalization;

namespace PiStereoLink.Benchmarks;

/// <summary>A process whose CPU time and memory are read from the kernel while it runs. Linux.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private const double TicksPerSecond = 100;      // USER_HZ, the same on every Linux that .NET runs on

    private readonly Process process;

    public MeasuredProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, bool readOutput = true)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        if (!readOutput)
            return;
        process.OutputDataReceived += (_, line) => FirstLine.TrySetResult(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    /// <summary>The first line that it printed, when its output is read.</summary>
    public TaskCompletionSource<string> FirstLine { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>User and system time so far, in milliseconds, to 10 ms.</summary>
    public double CpuMilliseconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * 1000 / TicksPerSecond;
        }
    }

    /// <summary>Largest resident size so far.</summary>
    public double PeakMegabytes => double.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture) / 1024;

    public async Task ExitAsync() => await process.WaitForExitAsync();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
