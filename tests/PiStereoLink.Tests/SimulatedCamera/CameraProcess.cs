using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>The simulated camera as a process of its own, as the agent meets it; killed when the test is done with it.</summary>
internal sealed class CameraProcess : IDisposable
{
    /// <summary>Small pictures, for tests that are not about pictures.</summary>
    public const string Small = "-n --codec mjpeg --width 160 --height 120 --framerate 50 --flush -o - ";

    public const int Sigint = 2, Sigusr1 = 10, Sigusr2 = 12;

    // A loaded machine with two cores starts this program in a second or two; thirty is a hang.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly StringBuilder stderr = new();
    private readonly SemaphoreSlim lineCame = new(0);
    private readonly Task stderrRead;
    private readonly List<byte> unread = [];

    private CameraProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        stderrRead = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                lock (stderr)
                    stderr.Append(line).Append('\n');
                lineCame.Release();
            }
        });
    }

    public string Stderr
    {
        get
        {
            lock (stderr)
                return stderr.ToString();
        }
    }

    /// <summary>Starts it as rpicam-vid or another program, with faults and a truth folder if the test wants them.</summary>
    /// <param name="options">What stands behind the program's name.</param>
    /// <param name="fault">Or none.</param>
    /// <param name="truth">The folder, or none.</param>
    /// <param name="program">A file to run instead, without the name.</param>
    /// <param name="named">Which camera program it is to play.</param>
    /// <param name="generation">Of which time.</param>
    /// <param name="path">Where it looks for other programs, if not where the tests do.</param>
    public static CameraProcess Start(
        string options, string? fault = null, string? truth = null, string? program = null, string named = "rpicam-vid", string? generation = null, string? path = null)
    {
        var start = new ProcessStartInfo(program ?? Programs.Path("PiStereoLink.SimulatedCamera"), program is null ? $"{named} {options}" : options)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the environment of the tests asks for is not what this test asks for.
        start.Environment["PISTEREOLINK_SIM_FAULT"] = fault;
        start.Environment["PISTEREOLINK_SIM_TRUTH"] = truth;
        start.Environment["PISTEREOLINK_SIM_GENERATION"] = generation;
        if (path is not null)
            start.Environment["PATH"] = path;
        return new(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, byte[] Stdout, string Stderr)> RunAsync(
        string options, string? fault = null, string? truth = null, string? program = null, string named = "rpicam-vid", string? generation = null, string? path = null)
    {
        using var camera = Start(options, fault, truth, program, named, generation, path);
        var (exitCode, stdout) = await camera.EndAsync();
        return (exitCode, stdout, camera.Stderr);
    }

    /// <summary>The next JPEG on stdout, cut at its end marker: safe here, for these have no thumbnail.</summary>
    public async Task<byte[]> FrameAsync()
    {
        while (true)
        {
            for (var i = 1; i < unread.Count; i++)
                if (unread[i - 1] == 0xFF && unread[i] == 0xD9)
                {
                    var frame = unread.GetRange(0, i + 1).ToArray();
                    unread.RemoveRange(0, i + 1);
                    return frame;
                }
            if (!await ReadAsync())
                throw new EndOfStreamException($"stdout ended {unread.Count} bytes into a frame; stderr: {Stderr}");
        }
    }

    /// <summary>Reads stdout to its end and waits for the exit; what no <see cref="FrameAsync"/> took is returned.</summary>
    public async Task<(int ExitCode, byte[] Stdout)> EndAsync()
    {
        while (await ReadAsync())
        {
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        await stderrRead.WaitAsync(Patience);
        return (process.ExitCode, [.. unread]);
    }

    public void Interrupt() => Signal(Sigint);

    public void Signal(int number) => Assert.Equal(0, kill(process.Id, number));

    public void CloseStdout() => process.StandardOutput.Close();

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public bool HasExited => process.HasExited;

    /// <summary>Waits until stderr holds a text.</summary>
    public async Task SaysAsync(string text)
    {
        while (!Stderr.Contains(text, StringComparison.Ordinal))
            if (!await lineCame.WaitAsync(Patience))
                throw new TimeoutException($"'{text}' never came; stderr: {Stderr}");
    }

    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        // lineCame stays: the reader of stderr may still count a last line.
    }

    private async Task<bool> ReadAsync()
    {
        var piece = new byte[64 << 10];
        var count = await process.StandardOutput.BaseStream.ReadAsync(piece).AsTask().WaitAsync(Patience);
        unread.AddRange(piece.AsSpan(0, count));
        return count > 0;
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern int kill(int processId, int signal);
}
