using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.IO.Pipes;

namespace PiStereoLink.Agent;

/// <summary>
/// A running camera program: pictures on stdout, metadata on a pipe of its own, stderr always read. It runs in its own session, so
/// that Ctrl-C in a terminal reaches the agent alone, which then stops it in order. It is always reaped.
/// </summary>
public sealed partial class CameraProcess : IAsyncDisposable
{
    /// <summary>Two 1080p pictures: the program can go on while the agent is not scheduled. An unprivileged process gets no more.</summary>
    private const int PipeBytes = 1024 * 1024;

    /// <summary>What one read may bring; the default of 4 kB would mean a hundred reads for a 1080p picture.</summary>
    private const int ReadBytes = 256 * 1024;

    // Inheritable descriptors exist between making the metadata pipe and closing our copy: one start at a time, or another
    // camera's program inherits them and the pipe never ends.
    private static readonly Lock Starting = new();

    private readonly Process process;
    private readonly CameraProgram program;
    private readonly IReadOnlyList<string> arguments;
    private readonly CancellationTokenSource abandoned = new();
    private readonly TimeProvider time;
    private readonly Lock stopping = new();
    private Task<int>? stopped;       // under stopping

    private CameraProcess(Process process, CameraProgram program, IReadOnlyList<string> arguments, PipeReader? metadata, int errorLines, TimeProvider time)
    {
        (this.process, this.program, this.arguments, this.time, Metadata) = (process, program, arguments, time, metadata);
        var stdout = process.StandardOutput.BaseStream;
        if (stdout is PipeStream pipe)
            Native.TryGrowPipe(pipe.SafePipeHandle, PipeBytes);
        Output = PipeReader.Create(stdout, new StreamPipeReaderOptions(bufferSize: ReadBytes, minimumReadSize: ReadBytes / 4));
        Errors = new StderrTail(process.StandardError.BaseStream, errorLines);
    }

    /// <summary>The program's stdout.</summary>
    public PipeReader Output { get; }

    /// <summary>The program's metadata; null when it writes none.</summary>
    public PipeReader? Metadata { get; }

    /// <summary>What it says.</summary>
    public StderrTail Errors { get; }

    /// <summary>Cancelled when the program is gone but something still holds its stdout open.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    public int Id => process.Id;

    /// <summary>Completes when the program has ended.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>Starts the program to film until it is stopped.</summary>
    /// <exception cref="CameraException">It cannot be started.</exception>
    public static CameraProcess Film(CameraProgram program, int camera, PictureSettings pictures, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Start(program, program.WritesMetadata, metadata => program.VideoArguments(camera, pictures, metadata), StderrTail.LinesUsual, time);
    }

    /// <summary>Starts the program with a command line of its own.</summary>
    /// <inheritdoc cref="Film" path="/exception"/>
    public static CameraProcess Start(CameraProgram program, IReadOnlyList<string> arguments, TimeProvider time, int errorLines = StderrTail.LinesUsual)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Start(program, withMetadata: false, _ => [.. program.FirstArguments, .. arguments], errorLines, time);
    }

    private static CameraProcess Start(
        CameraProgram program, bool withMetadata, Func<string?, IReadOnlyList<string>> argumentsFor, int errorLines, TimeProvider time)
    {
        lock (Starting)
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
                return new CameraProcess(process, program, arguments, metadata is null ? null : PipeReader.Create(metadata), errorLines, time);
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
        }
    }

    /// <summary>What to say when the program has ended without being asked to.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="pictures">How many pictures it had delivered; null where that says nothing.</param>
    public CameraException Failure(int exitCode, long? pictures = null)
    {
        const int LinesTold = 4;
        var said = Errors.Lines;
        var told = said.Count == 0 ? "nothing" : string.Join(" | ", said.Skip(said.Count - LinesTold));
        var cause = CameraFault.Explain(program.Name, said) ?? $"{program.Name} ended by itself.";
        return new CameraException(
            $"{cause} ({program.Path}, exit code {exitCode}{(pictures is null ? "" : $" after {pictures} pictures")}, arguments: {string.Join(' ', arguments)}; it said: {told})");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (Metadata is not null)
                await Metadata.CompleteAsync();
            await Output.CompleteAsync();
            process.Dispose();
            abandoned.Dispose();
        }
    }

    // setsid calls exec in place: the process started is the camera program itself, leader of its own group.
    private static ProcessStartInfo StartInfo(CameraProgram program, IReadOnlyList<string> arguments)
    {
        var setsid = Executables.Find("setsid");
        IEnumerable<string> all = setsid is null ? arguments : [program.Path, .. arguments];
        var start = new ProcessStartInfo(setsid ?? program.Path, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(InlineCompletions.Variable);
        return start;
    }
}
