using System.IO.Pipes;

namespace PiStereoLink.Agent;

/// <summary>
/// Reads a camera program's pipe on the calling thread. An asynchronous read would wake another thread for every piece, and garbage
/// would be made each time; a camera has one thread for its whole life instead.
/// </summary>
public sealed class ProgramPipe : IDisposable
{
    // The pipe itself is kept, not its handle alone: a pipe that nobody refers to closes its handle when garbage is collected.
    private readonly PipeStream pipe;
    private readonly CancellationToken abandoned;
    private readonly bool usuallyThere;

    /// <summary>How often a silent pipe is asked whether anybody still cares.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.5);

    /// <param name="pipe">It, from now on this one's.</param>
    /// <param name="abandoned">Nobody is behind it any more.</param>
    /// <param name="usuallyThere">Whoever reads comes after the bytes as a rule: they are read at once, and waited for only when they are not there.</param>
    public ProgramPipe(PipeStream pipe, CancellationToken abandoned, bool usuallyThere = false)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        (this.pipe, this.abandoned, this.usuallyThere) = (pipe, abandoned, usuallyThere);
        if (usuallyThere)
            Native.NeverBlock(pipe.SafePipeHandle);
    }

    /// <summary>Reads what there is, waiting for the first byte at most so long.</summary>
    /// <param name="into">Where to.</param>
    /// <param name="patience">Zero: only what is there now. Less: not even that.</param>
    /// <returns>How many bytes; 0 at the end, and when the pipe has been abandoned; null when nothing came in time.</returns>
    /// <exception cref="IOException">The pipe cannot be read.</exception>
    public int? Read(Span<byte> into, TimeSpan patience)
    {
        if (usuallyThere && patience >= TimeSpan.Zero && Native.Read(pipe.SafePipeHandle, into) is { } there)
            return there;
        for (var left = patience; left >= TimeSpan.Zero; left -= Slice)
        {
            if (Native.WaitToRead(pipe.SafePipeHandle, left < Slice ? left : Slice) && Native.Read(pipe.SafePipeHandle, into) is { } came)
                return came;
            if (abandoned.IsCancellationRequested)
                return 0;
        }
        return null;
    }

    public void Dispose() => pipe.Dispose();
}
