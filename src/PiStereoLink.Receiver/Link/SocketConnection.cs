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

    /// <summary>Of a picture under way the rest is waited for, or so much of it: over Wi-Fi it comes in some hundred pieces.</summary>
    private const int WorthBytes = 256 * 1024;

    /// <summary>A peer that sends faster than it is read lets others have their turn after so many reads.</summary>
    private const int ReadsInTurn = 64;

    private readonly Readiness readiness;
    private int fullReads;     // one after the other: the next may find something at once

    public SocketConnection(Socket socket)
        : base(socket, new NetworkStream(socket, ownsSocket: true))
    {
        socket.Blocking = false;
        readiness = Readiness.Of(socket);
    }

    // A read that waits would leave its state to the garbage collector: 600 bytes a frame.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> ReadAsync(FrameIntake intake, int atMost, CancellationToken cancellationToken)
    {
        try
        {
            var free = intake.Free.Length;
            var inPlace = free >= DirectBytes || free < intake.Missing;
            if (inPlace || fullReads % ReadsInTurn == 0)
                await readiness.WaitAsync(Math.Clamp(Math.Min(free, intake.Missing), 1, WorthBytes), mayBeThere: fullReads > 0, cancellationToken);
            while (true)
            {
                if (Read(intake, atMost, inPlace) is { } came)
                    return came;
                await readiness.WaitAsync(bytes: 1, mayBeThere: false, cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override void Hurry() => readiness.Hurry();

    protected override void Closed() => readiness.Dispose();

    /// <summary>True when bytes came, false at the end of the stream, null when there were none after all.</summary>
    private bool? Read(FrameIntake intake, int atMost, bool inPlace)
    {
        var block = inPlace ? null : ReadBlocks.Take();
        var place = inPlace ? intake.Free.Span : block;
        place = place[..Math.Min(place.Length, atMost)];
        readiness.Clear();
        var count = Socket.Receive(place, SocketFlags.None, out var error);
        fullReads = count == place.Length ? fullReads + 1 : 0;
        if (block is null)
            intake.Advance(count);
        else if (count > 0)
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
}
