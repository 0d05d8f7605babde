using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

public sealed partial class Link
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Camera {Camera}: connected to {Receiver} ({Dropped} frames dropped so far).")]
        public static partial void Connected(ILogger logger, CameraName camera, ReceiverAddress receiver, long dropped);

        [LoggerMessage(2, LogLevel.Warning, "Camera {Camera} cannot reach {Receiver}: {Failure} Trying again until it answers, at most 30 s apart.")]
        public static partial void NotReached(ILogger logger, CameraName camera, ReceiverAddress receiver, string failure);

        [LoggerMessage(3, LogLevel.Warning, "Camera {Camera} lost {Receiver}: {Failure} Connecting again.")]
        public static partial void Lost(ILogger logger, CameraName camera, ReceiverAddress receiver, string failure);

        [LoggerMessage(4, LogLevel.Warning, "Camera {Camera}: gave up sending with {Count} frames still queued.")]
        public static partial void GaveUp(ILogger logger, CameraName camera, int count);

        [LoggerMessage(5, LogLevel.Information, "Camera {Camera}: {Receiver} did not close its side after the end of the stream.")]
        public static partial void NoGoodbye(ILogger logger, CameraName camera, ReceiverAddress receiver);

        [LoggerMessage(6, LogLevel.Information, "Camera {Camera}: {Receiver} acknowledges frames and {What}.")]
        public static partial void Hello(ILogger logger, CameraName camera, ReceiverAddress receiver, string what);

        [LoggerMessage(7, LogLevel.Information, "Camera {Camera}: {Receiver} does not acknowledge frames; those that are delivered count as unconfirmed.")]
        public static partial void Legacy(ILogger logger, CameraName camera, ReceiverAddress receiver);

        [LoggerMessage(8, LogLevel.Warning, "Camera {Camera}: {Receiver} refused frame {Frame}: {Why}. It is not sent again. ({Count} so far.)")]
        public static partial void Refused(ILogger logger, CameraName camera, ReceiverAddress receiver, ulong frame, string why, ulong count);

        [LoggerMessage(9, LogLevel.Warning, "Camera {Camera}: {Receiver} cannot take frame {Frame} now: {Why}. It is sent again later. ({Count} so far.)")]
        public static partial void PutOff(ILogger logger, CameraName camera, ReceiverAddress receiver, ulong frame, string why, ulong count);

        [LoggerMessage(10, LogLevel.Warning, "Camera {Camera}: the state folder cannot remember that {Receiver} acknowledges: {Message}")]
        public static partial void NotRemembered(ILogger logger, CameraName camera, ReceiverAddress receiver, string message);
    }
}
