using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>A plain connection, read from the socket itself: no buffer while it waits, one call for all that has come.</summary>
public sealed class SocketConnection : PeerConnection
{
    /// <summary>
    /// A picture with at least so much to come is read straight into its place, and so is one that does not fit there: more memory is
    /// asked for first. Otherwise the next frames come along in the same call.
    /// </summary>
    private const int DirectBytes = 128 * 1024;

    public SocketConnection(Socket socket)
        : base(socket, new NetworkStream(socket, ownsSocket: true)) => socket.Blocking = false;

    public override async ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // Nothing to read into: this waits until there is something, or the end.
                await Socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
                if (Receive(intake, atMost) is { } came)
                    return came;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>True when bytes came, false at the end of the stream, null when there were none after all.</summary>
    private bool? Receive(FrameIntake intake, int atMost)
    {
        var free = intake.Free;
        if (free.Length >= DirectBytes || free.Length < intake.Missing)
        {
            var direct = Receive(free[..Math.Min(free.Length, atMost)]);
            if (direct > 0)
                intake.Advance(direct);
            return direct < 0 ? null : direct > 0;
        }
        var block = ReadBlocks.Take();
        try
        {
            var count = Receive(block.AsSpan(0, atMost));
            if (count > 0)
                intake.Take(block.AsSpan(0, count));
            return count < 0 ? null : count > 0;
        }
        finally
        {
            ReadBlocks.Give(block);
        }
    }

    private int Receive(Span<byte> into)
    {
        var count = Socket.Receive(into, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => -1,
            _ => throw new SocketException((int)error),
        };
    }
}
