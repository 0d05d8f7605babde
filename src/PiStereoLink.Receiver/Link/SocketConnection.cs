using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PiStereoLink.Receiver.Link;

/// <summary>A plain connection, read from the socket itself: no buffer while it waits, one call for all that has come.</summary>
public sealed class SocketConnection : PeerConnection
{
    /// <summary>
    /// A picture with at least so much to come is read straight into its place, and so is one that does not fit there: more memory is
    /// asked for first. Otherwise the next frames come along in the same call.
    /// </summary>
    private const int DirectBytes = 128 * 1024;

    /// <summary>A peer that sends faster than it is read lets others have their turn after so many reads.</summary>
    private const int ReadsInTurn = 64;

    private int fullReads;     // one after the other: the next may find something at once

    public SocketConnection(Socket socket)
        : base(socket, new NetworkStream(socket, ownsSocket: true)) => socket.Blocking = false;

    // A read that waits would leave its state to the garbage collector: 600 bytes a frame.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken)
    {
        if (fullReads > 0 && fullReads % ReadsInTurn == 0)
            await Task.Yield();
        try
        {
            var free = intake.Free;
            return free.Length >= DirectBytes || free.Length < intake.Missing
                ? await ReadInPlaceAsync(intake, free[..Math.Min(free.Length, atMost)], cancellationToken)
                : await ReadBlockAsync(intake, atMost, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadInPlaceAsync(FrameIntake intake, Memory<byte> free, CancellationToken cancellationToken)
    {
        var count = await Socket.ReceiveAsync(free, SocketFlags.None, cancellationToken);
        intake.Advance(count);
        Note(count, free.Length);
        return count > 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadBlockAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Nothing to read into: this waits until there is something, or the end.
            if (fullReads == 0)
                await Socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
            if (ReadBlock(intake, atMost) is { } came)
                return came;
        }
    }

    /// <summary>True when bytes came, false at the end of the stream, null when there were none after all.</summary>
    private bool? ReadBlock(FrameIntake intake, int atMost)
    {
        var block = ReadBlocks.Take();
        var count = Socket.Receive(block.AsSpan(0, atMost), SocketFlags.None, out var error);
        Note(count, atMost);
        if (count > 0)
            intake.Take(block, count);
        else
            ReadBlocks.Give(block);
        return error switch
        {
            SocketError.Success => count > 0,
            SocketError.WouldBlock => null,
            _ => throw new SocketException((int)error),
        };
    }

    private void Note(int count, int wanted) => fullReads = count == wanted ? fullReads + 1 : 0;
}
