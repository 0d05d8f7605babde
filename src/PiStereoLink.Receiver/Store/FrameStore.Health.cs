using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

public sealed partial class FrameStore
{
    private void Healthy(bool healthy, string why)
    {
        if (IsHealthy == healthy)
            return;
        IsHealthy = healthy;
        if (healthy)
            Log.Recovered(logger, directory);
        else
            Log.Failed(logger, directory, why);
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Error, "The store {Directory} takes no frames: {Why}. Until it does, frames are shown and not kept; agents that get acknowledgements send theirs again.")]
        public static partial void Failed(ILogger logger, string directory, string why);

        [LoggerMessage(11, LogLevel.Information, "The store {Directory} takes frames again.")]
        public static partial void Recovered(ILogger logger, string directory);

        [LoggerMessage(12, LogLevel.Warning, "Frame {Identity} of {Camera} came twice with different pictures: both are kept, the second with its check value in the name. Do two agents share one state folder?")]
        public static partial void Beside(ILogger logger, FrameIdentity identity, CameraName camera);
    }
}
