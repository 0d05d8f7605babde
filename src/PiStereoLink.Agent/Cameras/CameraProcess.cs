using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.IO.Pipes;

namespace PiStereoLink.Agent;

/// <summary>
/// A running camera program: pictures on stdout, metadata on a pipe of its own, stderr always read. It runs in its own session, so
/// that Ctrl-C in a terminal reaches the agent alone, which then stops it in order. It is always reaped, and the kernel kills it when the
/// agent is killed: docs/decisions/camera-process.md.
/// </summary>
public sealed partial class CameraProcess : IAsyncDisposable
{
    /// <summary>Two 1080p pictures: the program can go on while the agent is not scheduled. An unprivileged process gets no more.</summary>
    private const int PipeBytes = 1024 * 1024;

    private readonly Process process;
    private readonly CameraProgram program;
    private readonly IReadOnlyList<string> arguments;
    private readonly CancellationTokenSource abandoned = new();
    private readonly TimeProvider time;
    private readonly Lock stopping = new();
    private Task<int>? stopped;       // under stopping

    private CameraProcess(Process process, CameraProgram program, IReadOnlyList<string> arguments, PipeStream? metadata, int errorLines, TimeProvider time)
    {
        (this.process, this.program, this.arguments, this.time) = (process, program, arguments, time);
        Metadata = metadata is null ? null : new ProgramPipe(metadata, abandoned.Token, usuallyThere: true);
        var stdout = (PipeStream)process.StandardOutput.BaseStream;
        Native.TryGrowPipe(stdout.SafePipeHandle, PipeBytes);
        Pictures = new ProgramPipe(stdout, abandoned.Token);
        Output = PipeReader.Create(stdout);
        Errors = new StderrTail(process.StandardError.BaseStream, errorLines);
    }

    /// <summary>The program's stdout, for those who wait for all of it.</summary>
    public PipeReader Output { get; }

    /// <summary>The same, for those who read it for as long as the program lives, on a thread of their own.</summary>
    public ProgramPipe Pictures { get; }

    /// <summary>The program's metadata; null when it writes none.</summary>
    public ProgramPipe? Metadata { get; }

    /// <summary>What it says.</summary>
    public StderrTail Errors { get; }

    /// <summary>Cancelled when the program is gone but something still holds its stdout open.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    /// <summary>Completes when the program has ended.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>Starts the program to film until it is stopped.</summary>
    /// <exception cref="CameraException">It cannot be started.</exception>
    public static CameraProcess Film(CameraProgram program, int camera, PictureSettings pictures, TimeProvider time, bool withMetadata = true)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Start(program, withMetadata && program.WritesMetadata, metadata => program.VideoArguments(camera, pictures, metadata), StderrTail.LinesUsual, time);
    }

    /// <summary>Starts the program with a command line of its own.</summary>
    /// <inheritdoc cref="Film" path="/exception"/>
    public static CameraProcess Start(CameraProgram program, IReadOnlyList<string> arguments, TimeProvider time, int errorLines = StderrTail.LinesUsual)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Start(program, withMetadata: false, _ => [.. program.FirstArguments, .. arguments], errorLines, time);
    }

    /// <summary>Starts the program with a command line that may name where to write metadata.</summary>
    /// <inheritdoc cref="Film" path="/exception"/>
    internal static CameraProcess Start(
        CameraProgram program, bool withMetadata, Func<string?, IReadOnlyList<string>> argumentsFor, int errorLines, TimeProvider time)
    {
        // Inheritable descriptors exist between making the metadata pipe and closing our copy: one start at a time, or another
        // camera's program inherits them and the pipe never ends.
        return StarterThread.Do(() =>
        {
            AnonymousPipeServerStream? metadata = null;
            try
            {
                if (withMetadata)
                    metadata = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
                // The program opens the descriptor it has inherited by its name.
                var arguments = argumentsFor(metadata is null ? null : $"/dev/fd/{metadata.GetClientHandleAsString()}");
                var process = Process.Start(StartInfo(program, arguments))!;
                process.StandardInput.Close();      // nobody will type; an open terminal would be read from
                metadata?.DisposeLocalCopyOfClientHandle();
                return new CameraProcess(process, program, arguments, metadata, errorLines, time);
            }
            catch (CameraException)
            {
                metadata?.Dispose();        // a setting that the program does not have
                throw;
            }
            catch (Win32Exception e)
            {
                metadata?.Dispose();
                throw new CameraException($"{program.Path} cannot be started: {e.Message}.", e);
            }
        });
    }

    /// <summary>What to say when the program has ended without being asked to.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="pictures">How many pictures it had delivered; null where that says nothing.</param>
    public CameraException Failure(int exitCode, long? pictures = null)
    {
        const int LinesTold = 4;
        var said = Errors.Lines;
        var told = said.Count == 0 ? "nothing" : string.Join(" | ", said.Skip(said.Count - LinesTold));
        var (trouble, cause) = CameraFault.Find(program.Name, said) ?? (CameraTrouble.Ended, CameraFault.Ended(program.Name, exitCode));
        if (trouble == CameraTrouble.Busy)
            cause = new CameraHolders().Sentence() ?? cause;
        return new CameraException(
            $"{cause} ({program.Path}, exit code {exitCode}{(pictures is null ? "" : $" after {pictures} pictures")}, arguments: {string.Join(' ', arguments)}; it said: {told})")
        {
            Trouble = trouble,
        };
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Metadata?.Dispose();
            await Output.CompleteAsync();
            process.Dispose();
            abandoned.Dispose();
        }
    }

    // setpriv and setsid call exec in place: the process started is the camera program itself, leader of its own group.
    private static ProcessStartInfo StartInfo(CameraProgram program, IReadOnlyList<string> arguments)
    {
        string[] command = [.. Through("setpriv", "--pdeathsig", "KILL", "--"), .. Through("setsid"), program.Path, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(InlineCompletions.Variable);
        return start;
    }

    /// <summary>A program that runs the one after it, where it is installed.</summary>
    private static string[] Through(string name, params string[] options) => Executables.Find(name) is { } path ? [path, .. options] : [];
}
