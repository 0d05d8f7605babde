using System.Net;

namespace PiStereoLink.Receiver.Link;

internal sealed partial class FramePort
{
    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "{Peer} refused: {Why}.")]
        public static partial void Refused(ILogger logger, IPEndPoint peer, string why);

        [LoggerMessage(41, LogLevel.Warning, "A connection could not be accepted: {Message}.")]
        public static partial void NotAccepted(ILogger logger, string message);

        [LoggerMessage(43, LogLevel.Warning, "There is no TLS port, so paired nodes cannot come in: {Why} Or say --tls off.")]
        public static partial void NoTls(ILogger logger, string why);

        [LoggerMessage(42, LogLevel.Critical, "Serving {Peer} failed, which must not happen; its connection is closed.")]
        public static partial void Broken(ILogger logger, IPEndPoint peer, Exception fault);
    }
}
