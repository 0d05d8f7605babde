using System.IO.Pipelines;
using System.Net;

namespace PiStereoLink.Receiver.Link;

/// <summary>One peer's connection: its bytes, the way back, and who it is as far as the connection tells.</summary>
public abstract class PeerConnection(IPEndPoint remote, Stream stream) : IDisposable
{
    private volatile string? abortedBecause;

    public IPEndPoint Remote => remote;

    /// <summary>The way back, for a peer that has asked; what nobody writes to sends nothing.</summary>
    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Why this side ended the connection at once, or null.</summary>
    public string? AbortedBecause => abortedBecause;

    protected Stream Stream => stream;

    /// <summary>Waits, holding no memory, until bytes have come, and gives them to the intake; false at the end of the stream.</summary>
    /// <param name="intake">Where they go.</param>
    /// <param name="atMost">Bytes to take at most.</param>
    /// <param name="cancellationToken">Ends the wait. Bytes that have come are not lost before.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public abstract ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken);

    /// <summary>Ends the connection now; whoever reads or writes gets an <see cref="IOException"/>. The first reason counts.</summary>
    public void Abort(string why)
    {
        if (Interlocked.CompareExchange(ref abortedBecause, why, null) is null)
            Reset();
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes in order: what has been written is delivered.</summary>
    protected virtual void Close() => stream.Dispose();

    /// <summary>Closes with a reset: nothing that is still under way is worth sending.</summary>
    protected abstract void Reset();
}
