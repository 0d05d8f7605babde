using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// One connection, one camera: reads frames, refuses what a decoder must not see, names the rest and hands them to the store and
/// to the camera's ring. It never writes a byte: a peer that did not ask would be reset by it (protocol.md, section 1).
/// </summary>
public sealed partial class FrameConnectionHandler(
    FramePortOptions options, CameraDirectory cameras, LegacyNames legacyNames, TimeProvider time, ILogger<FrameConnectionHandler> logger, FrameStore? store = null)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        // The token of "the server is stopping". ConnectionClosed would lose frames already received when the peer hangs up.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
        var peer = new Peer((connection.RemoteEndPoint as IPEndPoint)?.Address, $"{connection.RemoteEndPoint}");
        Log.Connected(logger, peer.EndPoint);
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            NoticeDeath(socket);
        try
        {
            await ReadFramesAsync(new FrameReader(connection.Transport.Input, options.MaxFrameBytes), peer, stopping);
        }
        catch (FrameProtocolException e)
        {
            Log.Violation(logger, peer.EndPoint, e.Error, e.Message, peer.Frames);
            peer.Camera?.CountDropped(e.Error == FrameError.Truncated ? "truncated" : "protocol");
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException)
        {
            Log.Reset(logger, peer.EndPoint, peer.Frames);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The receiver stops; the agent keeps what was not acknowledged.
        }
        finally
        {
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

    private async Task ReadFramesAsync(FrameReader reader, Peer peer, CancellationToken stopping)
    {
        while (await reader.ReadAsync(stopping) is { } buffer)
        {
            peer.Frames++;
            var scan = JpegScanner.Check(buffer.Span);
            var frame = Identify(buffer, peer);
            if (scan.Fault != JpegFault.None)
            {
                Refuse(frame, peer, scan);
                continue;
            }
            if (store is not null)
                await store.AddAsync(frame, stopping);
            peer.Camera!.Publish(frame, (scan.Width, scan.Height));
        }
        if (peer.Frames == 0 && reader.End == FrameStreamEnd.Clean)
            Log.Nothing(logger, peer.EndPoint);
        else
            Log.Ended(logger, peer.EndPoint, reader.End, peer.Frames);
    }

    /// <summary>The first frame says which camera this connection carries; every stamp says which frame it is.</summary>
    private Frame Identify(FrameBuffer buffer, Peer peer)
    {
        var stamped = StampReader.TryRead(buffer.Span, peer.LastStamp, out var stamp);
        if (peer.Camera is null)
        {
            peer.Camera = cameras[stamped ? stamp.Camera : legacyNames.Take(peer.Address)];
            peer.Camera.Connected(peer.Address);
            Log.Named(logger, peer.EndPoint, peer.Camera.Name, stamped ? "its own word" : "no stamp: named by its address, times are of arrival");
        }
        peer.LastStamp = stamp;
        if (stamped && stamp.Camera == peer.Camera.Name)
            return new Frame(stamp.Camera, stamp.Identity, stamp.CapturedAtReceiver, stamp, buffer);
        var identity = new FrameIdentity(0, peer.Run, peer.Frames);
        return new Frame(peer.Camera.Name, identity, time.GetUtcNow().UtcDateTime, stamp: null, buffer);
    }

    private void Refuse(Frame frame, Peer peer, in JpegScanner scan)
    {
        frame.Dispose();
        peer.Camera!.CountDropped("bad-jpeg");
        // A peer that sends nothing else would fill the log: the first, then each power of two.
        if (ulong.IsPow2(++peer.Refused))
            Log.Refused(logger, peer.Camera.Name, peer.Frames, scan.Describe(), peer.Refused);
    }

    /// <summary>What one connection remembers.</summary>
    private sealed class Peer(IPAddress? address, string endPoint)
    {
        public IPAddress? Address => address;

        public string EndPoint => endPoint;

        /// <summary>Stands for the run in the identity of frames without a stamp.</summary>
        public uint Run { get; } = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

        public Camera? Camera { get; set; }

        public Stamp LastStamp { get; set; }

        public ulong Frames { get; set; }

        public ulong Refused { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Peer} connected.")]
        public static partial void Connected(ILogger logger, string peer);

        [LoggerMessage(2, LogLevel.Information, "{Peer} is camera {Camera} ({By}).")]
        public static partial void Named(ILogger logger, string peer, CameraName camera, string by);

        [LoggerMessage(3, LogLevel.Information, "{Peer} ended ({End}) after {Frames} frames.")]
        public static partial void Ended(ILogger logger, string peer, FrameStreamEnd end, ulong frames);

        [LoggerMessage(4, LogLevel.Warning, "{Peer} dropped, {Error}: {Message} ({Frames} frames before it.)")]
        public static partial void Violation(ILogger logger, string peer, FrameError error, string message, ulong frames);

        [LoggerMessage(5, LogLevel.Information, "{Peer} reset the connection after {Frames} frames.")]
        public static partial void Reset(ILogger logger, string peer, ulong frames);

        [LoggerMessage(6, LogLevel.Warning, "Frame {Frame} of {Camera} refused: {Reason}. ({Count} refused on this connection; it goes on.)")]
        public static partial void Refused(ILogger logger, CameraName camera, ulong frame, string reason, ulong count);

        [LoggerMessage(7, LogLevel.Warning, "{Peer} sent no frame: the length 0, which an empty picture has too, ends the stream.")]
        public static partial void Nothing(ILogger logger, string peer);
    }
}
