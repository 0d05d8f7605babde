using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

internal sealed partial class FrameConnectionHandler
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Peer} connected ({How}).")]
        public static partial void Connected(ILogger logger, string peer, string how);

        [LoggerMessage(2, LogLevel.Information, "{Peer} is camera {Camera} ({By}).")]
        public static partial void Named(ILogger logger, string peer, CameraName camera, string by);

        [LoggerMessage(3, LogLevel.Information, "{Peer} ended ({End}) after {Frames} frames.")]
        public static partial void Ended(ILogger logger, string peer, FrameStreamEnd end, ulong frames);

        [LoggerMessage(4, LogLevel.Warning, "{Peer} dropped, {Error}: {Message} ({Frames} frames before it.)")]
        public static partial void Violation(ILogger logger, string peer, FrameError error, string message, ulong frames);

        [LoggerMessage(5, LogLevel.Information, "{Peer} reset the connection after {Frames} frames.")]
        public static partial void Reset(ILogger logger, string peer, ulong frames);

        [LoggerMessage(6, LogLevel.Warning, "Frame {Frame} of {Camera} refused: {Reason}. ({Count} refused on this connection; it goes on.)")]
        public static partial void Refused(ILogger logger, string camera, ulong frame, string reason, ulong count);

        [LoggerMessage(7, LogLevel.Warning, "{Peer} sent no frame: the length 0, which an empty picture has too, ends the stream.")]
        public static partial void Nothing(ILogger logger, string peer);

        [LoggerMessage(8, LogLevel.Information, "{Peer} asked for acknowledgements.")]
        public static partial void Answered(ILogger logger, string peer);

        [LoggerMessage(9, LogLevel.Warning, "{Peer} dropped: {Why}. ({Frames} frames before it.)")]
        public static partial void Dropped(ILogger logger, string peer, string why, ulong frames);

        [LoggerMessage(10, LogLevel.Information, "{Peer} is lost after {Frames} frames: {Why}")]
        public static partial void Lost(ILogger logger, string peer, ulong frames, string why);

        [LoggerMessage(59, LogLevel.Warning, "{Peer} closed: {Why}.")]
        public static partial void NameRefused(ILogger logger, string peer, string why);
    }
}
