using System.Net.Sockets;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Store;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// One connection, one camera: reads frames, refuses what a decoder must not see, names the rest and hands them to the store and
/// to the camera's ring. It writes to a peer whose first frame asks for acknowledgements, and never a byte to another: that would
/// reset its connection (docs/protocol.md, section 1).
/// </summary>
internal sealed partial class FrameConnectionHandler(
    FramePortOptions options, CameraDirectory cameras, LegacyNames legacyNames, PeerNames names, OpenPeers openPeers, TimeProvider time,
    ILogger<FrameConnectionHandler> logger, FrameStore? store = null)
{
    private readonly ILogger logger = new BoundedLog(logger, time);

    /// <summary>Serves a connection to its end. It throws nothing that a peer can bring about.</summary>
    /// <param name="open">The connection; the caller disposes it.</param>
    /// <param name="paired">Whose key it has shown; null on the plain port.</param>
    /// <param name="stopping">Ends reading when the receiver stops. That the peer has hung up must not: frames already received would be lost.</param>
    public async Task RunAsync(OpenConnection open, PairedNode? paired, CancellationToken stopping)
    {
        var peer = new Peer(open.Connection.Remote.Address, $"{open.Connection.Remote}", paired);
        var listening = true;
        Log.Connected(logger, peer.EndPoint, paired is null ? "unencrypted" : $"TLS, paired as {paired.Node}");
        try
        {
            await ReadFramesAsync(open, peer, stopping);
        }
        catch (FrameProtocolException e)
        {
            Log.Violation(logger, peer.EndPoint, e.Error, e.Message, peer.Frames);
            peer.Camera?.CountDropped(e.Error == FrameError.Truncated ? "truncated" : "protocol");
        }
        catch (PeerRefusedException e)
        {
            listening = false;
            Log.NameRefused(logger, peer.EndPoint, e.Message);
        }
        catch (IOException e)
        {
            listening = false;
            if (open.Connection.AbortedBecause is { } why)
                Log.Dropped(logger, peer.EndPoint, why, peer.Frames);
            else if (e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut })
                Log.Lost(logger, peer.EndPoint, peer.Frames, "it does not answer any more. Is its network there?");
            else
                Log.Reset(logger, peer.EndPoint, peer.Frames);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The receiver stops; the agent keeps what was not acknowledged.
        }
        finally
        {
            if (peer.Acks is { } acks)
                await acks.EndAsync(deliver: listening);
            peer.Watched?.Dispose();
            if (peer.Camera is { } camera)
            {
                cameras.Leave(camera);
                legacyNames.Release(camera.Name);
            }
        }
    }

    private async Task ReadFramesAsync(OpenConnection open, Peer peer, CancellationToken stopping)
    {
        var intake = open.Intake;
        while (await open.ReadAsync(stopping))
        {
            while (intake.TryTake(out var arrived))
                await TakeAsync(arrived, peer, open.Connection, stopping);
            if (intake.End != FrameStreamEnd.None)
                break;
            await open.RoomAsync(stopping);
        }
        intake.Complete();
        if (peer.Frames == 0 && intake.End == FrameStreamEnd.Clean)
            Log.Nothing(logger, peer.EndPoint);
        else
            Log.Ended(logger, peer.EndPoint, intake.End, peer.Frames);
    }

    private ValueTask TakeAsync(in ArrivedFrame arrived, Peer peer, PeerConnection connection, CancellationToken stopping)
    {
        peer.Frames++;
        var trailer = TakeTrailer(arrived.Buffer);
        if (peer.Frames == 1 && trailer is { Flags: var flags } && flags.HasFlag(AckOptions.Offer))
            Answer(peer, connection, flags);
        if (!TryIdentify(arrived.Buffer, trailer, peer, connection, out var frame, out var size))
            return ValueTask.CompletedTask;
        var shown = peer.Acks is not null && trailer is { Crc: var crc } && !peer.Camera!.Shown.TryAdd(frame.Identity, crc);
        if (store is not null)
            return KeepAsync(new StoreEntry(frame, peer.Camera!, Stamp.ToMicroseconds(arrived.HeaderAt), trailer is null ? null : peer.Acks), size, shown, stopping);
        if (trailer is { Flags: var good } && good.HasFlag(AckOptions.ClockSample))
            peer.Acks?.Seen(frame.Identity, Stamp.ToMicroseconds(arrived.HeaderAt));
        if (shown)
            peer.Camera!.CountDuplicate();
        Show(frame, size, shown, peer.Camera!);
        return ValueTask.CompletedTask;
    }

    /// <summary>What is kept is kept first: a connection waits for room in the store's queue, and so TCP slows its sender.</summary>
    private async ValueTask KeepAsync(StoreEntry entry, (int Width, int Height) size, bool shown, CancellationToken stopping)
    {
        try
        {
            await store!.AddAsync(entry, stopping);
        }
        catch
        {
            entry.Frame.Dispose();
            throw;
        }
        Show(entry.Frame, size, shown, entry.Camera);
    }

    private static void Show(Frame frame, (int Width, int Height) size, bool shown, Camera camera)
    {
        if (shown)
            frame.Dispose();
        else
            camera.Publish(frame, size);
    }

    /// <summary>Takes the trailer off, whether or not anybody is to be answered: what is kept is the picture.</summary>
    private static AckTrailer? TakeTrailer(FrameBuffer buffer)
    {
        if (!AckTrailer.TryRead(buffer.Span, out var trailer))
            return null;
        buffer.Truncate(buffer.Length - AckTrailer.Length);
        return trailer;
    }

    private void Answer(Peer peer, PeerConnection connection, AckOptions flags)
    {
        connection.NoticeUntakenLines();
        peer.Acks = new AckLines(connection.Output, store is not null, flags.HasFlag(AckOptions.IdleLines), options, time, connection.Abort);
        Log.Answered(logger, peer.EndPoint);
    }
}
