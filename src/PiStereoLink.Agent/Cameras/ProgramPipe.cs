using System.IO.Pipes;

namespace PiStereoLink.Agent;

/// <summary>
/// Reads a camera program's pipe on the calling thread. An asynchronous read would wake another thread for every piece, and garbage
/// would be made each time; a camera has one thread for its whole life instead.
/// </summary>
public sealed class ProgramPipe(PipeStream pipe, CancellationToken abandoned) : IDisposable
{
    // The pipe itself is kept, not its handle alone: a pipe that nobody refers to closes its handle when garbage is collected.

    /// <summary>How often a silent pipe is asked whether anybody still cares.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads what there is, waiting for the first byte at most so long.</summary>
    /// <param name="into">Where to.</param>
    /// <param name="patience">Zero: only what is there now. Less: not even that.</param>
    /// <returns>How many bytes; 0 at the end, and when the pipe has been abandoned; null when nothing came in time.</returns>
    /// <exception cref="IOException">The pipe cannot be read.</exception>
    public int? Read(Span<byte> into, TimeSpan patience)
    {
        for (var left = patience; left >= TimeSpan.Zero; left -= Slice)
        {
            if (Native.WaitToRead(pipe.SafePipeHandle, left < Slice ? left : Slice))
                return Native.Read(pipe.SafePipeHandle, into);
            if (abandoned.IsCancellationRequested)
                return 0;
        }
        return null;
    }

    public void Dispose() => pipe.Dispose();
}
