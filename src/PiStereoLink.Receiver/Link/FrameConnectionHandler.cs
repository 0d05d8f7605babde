using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
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
public sealed partial class FrameConnectionHandler(
    FramePortOptions options, CameraDirectory cameras, LegacyNames legacyNames, TimeProvider time, PeerNames names, OpenPeers open,
    ILogger<FrameConnectionHandler> logger, FrameStore? store = null)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        // The token of "the server is stopping". ConnectionClosed would lose frames already received when the peer hangs up.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
        var peer = new Peer((connection.RemoteEndPoint as IPEndPoint)?.Address, $"{connection.RemoteEndPoint}", connection.Features.Get<PairedNode>());
        var listening = true;
        Log.Connected(logger, peer.EndPoint, peer.Paired is null ? "unencrypted" : $"TLS, paired as {peer.Paired.Node}");
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            NoticeDeath(socket);
        try
        {
            await ReadFramesAsync(new FrameReader(connection.Transport.Input, options.MaxFrameBytes, time), peer, connection, stopping);
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
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException)
        {
            listening = false;
            if (!peer.Dropped)
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
                camera.Disconnected();
                legacyNames.Release(camera.Name);
            }
        }
    }

    /// <summary>A Pi that loses power says nothing; a timelapse may be silent for hours. Keepalive tells them apart: measured on a
    /// blackholed link, these settings notice in 25.5 s, where the defaults take two hours.</summary>
    private static void NoticeDeath(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private async Task ReadFramesAsync(FrameReader reader, Peer peer, ConnectionContext connection, CancellationToken stopping)
    {
        while (await reader.ReadAsync(stopping) is { } buffer)
        {
            peer.Frames++;
            var trailer = TakeTrailer(buffer);
            if (peer.Frames == 1 && trailer is { Flags: var flags } && flags.HasFlag(AckOptions.Offer))
                Answer(peer, connection, flags);
            if (!TryIdentify(buffer, trailer, peer, connection, out var frame, out var size))
                continue;
            var camera = peer.Camera!;
            var shown = peer.Acks is not null && trailer is { Crc: var crc } && !camera.Shown.TryAdd(frame.Identity, crc);
            if (store is not null)
                await store.AddAsync(new StoreEntry(frame, Stamp.ToMicroseconds(reader.HeaderArrivedAt), trailer is null ? null : peer.Acks), stopping);
            if (!shown)
            {
                camera.Publish(frame, size);
                continue;
            }
            if (store is null)
                camera.CountDuplicate();
            frame.Dispose();
        }
        if (peer.Frames == 0 && reader.End == FrameStreamEnd.Clean)
            Log.Nothing(logger, peer.EndPoint);
        else
            Log.Ended(logger, peer.EndPoint, reader.End, peer.Frames);
    }

    /// <summary>Takes the trailer off, whether or not anybody is to be answered: what is kept is the picture.</summary>
    private static AckTrailer? TakeTrailer(FrameBuffer buffer)
    {
        if (!AckTrailer.TryRead(buffer.Span, out var trailer))
            return null;
        buffer.Truncate(buffer.Length - AckTrailer.Length);
        return trailer;
    }

    private void Answer(Peer peer, ConnectionContext connection, AckOptions flags)
    {
        peer.Acks = new AckLines(connection.Transport.Output, store is not null, flags.HasFlag(AckOptions.IdleLines), options, time, why => Drop(peer, connection, why));
        Log.Answered(logger, peer.EndPoint);
    }

    private void Drop(Peer peer, ConnectionContext connection, string why)
    {
        peer.Dropped = true;
        Log.Unread(logger, peer.EndPoint, why);
        connection.Abort(new ConnectionAbortedException($"The peer is dropped: {why}."));
    }
}
