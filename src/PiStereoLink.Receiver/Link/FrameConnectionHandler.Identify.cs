using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Link;

internal sealed partial class FrameConnectionHandler
{
    /// <summary>Names a frame; false when it is refused, which has been told and counted. No frame's content ends the connection.</summary>
    private bool TryIdentify(FrameBuffer buffer, in AckTrailer? trailer, Peer peer, PeerConnection connection, out Frame frame, out (int Width, int Height) size)
    {
        frame = default;
        size = default;
        if (trailer is { } sent && Crc32C.Of(buffer.Span) is var crc && crc != sent.Crc)
            return Refuse(buffer, peer, NackReason.BadCrc, $"its bytes have the check value {crc:x8} and were sent with {sent.Crc:x8}", NameOf(sent, peer), retry: true);

        var stamped = StampReader.TryRead(buffer.Span, peer.LastStamp, out var stamp);
        // An acknowledgement names the frame as its stamp does. Under another name it would be kept again each time it is sent.
        if (peer.Acks is not null && trailer is { } asked && !(stamped && Agree(stamp, asked) && (peer.Camera?.Name ?? stamp.Camera) == stamp.Camera))
            return Refuse(buffer, peer, NackReason.BadStamp, "it asks for an acknowledgement and has no stamp of this camera, run and sequence", NameOf(asked, peer), retry: false);

        var scan = JpegScanner.Check(buffer.Span);
        frame = Identify(buffer, peer, connection, stamped ? stamp : null);
        size = (scan.Width, scan.Height);
        return scan.Fault == JpegFault.None
            || Refuse(buffer, peer, NackReason.BadJpeg, scan.Describe(), trailer is null ? null : frame.Identity, retry: false);
    }

    /// <summary>Over TLS the key says who a peer is; on the plain port no paired node's name may be used. It holds as long as the connection.</summary>
    /// <exception cref="PeerRefusedException">The peer may not use this name.</exception>
    private void CheckName(FrameBuffer buffer, Peer peer, PeerConnection connection, CameraName? stamped)
    {
        if (names.Refusal(peer.Paired, stamped) is { } why)
        {
            buffer.Dispose();
            throw new PeerRefusedException(why);
        }
        if (peer.Paired is null && stamped is { } name)
            peer.Watched = openPeers.Watch(name.Node, paired: null, connection.Abort);
    }

    private static bool Agree(in Stamp stamp, in AckTrailer trailer) =>
        (stamp.Identity.Run, stamp.Identity.Sequence) == (trailer.Run, trailer.Sequence);

    /// <summary>What a frame without a stamp is called in a line: the trailer's numbers, the source that this connection's stamps had.</summary>
    private static FrameIdentity NameOf(in AckTrailer trailer, Peer peer) => new(peer.LastStamp.Identity.Source, trailer.Run, trailer.Sequence);

    /// <summary>The first frame says which camera this connection carries; every stamp says which frame it is.</summary>
    private Frame Identify(FrameBuffer buffer, Peer peer, PeerConnection connection, in Stamp? stamp)
    {
        if (peer.Camera is null)
        {
            CheckName(buffer, peer, connection, stamp?.Camera);
            var name = stamp?.Camera ?? legacyNames.Take(peer.Address);
            peer.Is(cameras.Enter(name, peer.Address, encrypted: peer.Paired is not null));
            Log.Named(logger, peer.EndPoint, name, peer.Paired is not null ? "by its key" : stamp is not null ? "its own word, unencrypted" : "no stamp: named by its address, times are of arrival");
        }
        if (stamp is { } own && own.Camera == peer.Camera!.Name)
        {
            peer.LastStamp = own;
            return new Frame(own.Camera, own.Identity, own.CapturedAtReceiver, own, buffer);
        }
        var identity = new FrameIdentity(0, peer.Run, peer.Frames);
        return new Frame(peer.Camera!.Name, identity, time.GetUtcNow().UtcDateTime, stamp: null, buffer);
    }

    /// <summary>Gives the frame up, counts it, and tells a peer that wants to know; false, so that a caller can return it.</summary>
    private bool Refuse(FrameBuffer buffer, Peer peer, string why, string reason, FrameIdentity? identity, bool retry)
    {
        buffer.Dispose();
        peer.CountRefused(why);
        if (identity is { } refused)
            peer.Acks?.Nack(refused, why, retry);
        // A peer that sends nothing else would fill the log: the first, then each power of two.
        if (ulong.IsPow2(peer.Refused))
            Log.Refused(logger, peer.Camera?.Name.ToString() ?? peer.EndPoint, peer.Frames, reason, peer.Refused);
        return false;
    }
}
