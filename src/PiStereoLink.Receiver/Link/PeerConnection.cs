using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>One peer's connection: its bytes, the way back, and who it is as far as the connection tells.</summary>
public abstract class PeerConnection : IDisposable
{
    private const int TcpUserTimeout = 18;      // Linux, option of IPPROTO_TCP, milliseconds

    /// <summary>With the 10 s between two lines this makes the 25 s of keepalive; measured on a blackholed link.</summary>
    private static readonly TimeSpan UntakenLimit = TimeSpan.FromSeconds(15);

    private volatile string? abortedBecause;

    /// <param name="socket">The connection, from now on this one's.</param>
    /// <param name="stream">Its bytes and the way back: those of the socket, or what they say.</param>
    protected PeerConnection(Socket socket, Stream stream)
    {
        (Socket, Stream, Remote) = (socket, stream, (IPEndPoint)socket.RemoteEndPoint!);
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        socket.NoDelay = true;
        NoticeDeath();
    }

    public IPEndPoint Remote { get; }

    /// <summary>The way back, for a peer that has asked; what nobody writes to sends nothing.</summary>
    public PipeWriter Output { get; }

    /// <summary>Why this side ended the connection at once, or null.</summary>
    public string? AbortedBecause => abortedBecause;

    protected Socket Socket { get; }

    protected Stream Stream { get; }

    /// <summary>Waits, holding no memory, until bytes have come, and gives them to the intake; false at the end of the stream.</summary>
    /// <param name="intake">Where they go.</param>
    /// <param name="atMost">Bytes to take at most.</param>
    /// <param name="cancellationToken">Ends the wait. Bytes that have come are not lost before.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public abstract ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken);

    /// <summary>Lets a read that waits for many bytes take those that are there. Any thread.</summary>
    public virtual void Hurry()
    {
    }

    /// <summary>
    /// Call this before lines are written. While some wait to be taken by the peer, TCP sends no keepalive: it repeats them for a quarter of
    /// an hour. A peer that gets lines gets one every 10 s at the latest, so with this limit it is given up as early as a silent one.
    /// </summary>
    public void NoticeUntakenLines()
    {
        if (OperatingSystem.IsLinux())
            Socket.SetRawSocketOption((int)ProtocolType.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)UntakenLimit.TotalMilliseconds));
    }

    /// <summary>Ends the connection now, with a reset; whoever reads or writes gets an <see cref="IOException"/>. The first reason counts.</summary>
    public void Abort(string why)
    {
        if (Interlocked.CompareExchange(ref abortedBecause, why, null) is null)
        {
            Socket.Close(timeout: 0);
            Closed();
        }
    }

    /// <summary>Closes in order: what has been written is delivered.</summary>
    public void Dispose()
    {
        if (AbortedBecause is null && Socket.Connected)
            Shutdown();
        Stream.Dispose();
        Closed();
        GC.SuppressFinalize(this);
    }

    /// <summary>The socket has been closed here, not by the peer.</summary>
    protected virtual void Closed()
    {
    }

    private void Shutdown()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }

    /// <summary>A Pi that loses power says nothing; a timelapse may be silent for hours. Keepalive tells them apart: measured on a
    /// blackholed link, these settings notice in 25.5 s, where the defaults take two hours.</summary>
    private void NoticeDeath()
    {
        Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}
