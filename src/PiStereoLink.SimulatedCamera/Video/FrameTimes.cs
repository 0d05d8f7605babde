namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>Which frames are recorded, and their times: after a pause recording begins at a key frame, for encoding goes on all the time.</summary>
internal sealed class FrameTimes
{
    private bool recording;
    private long? start;
    private long last;

    /// <summary>The next frame; null when it is not recorded.</summary>
    /// <param name="paused">Nothing is to be recorded.</param>
    /// <param name="isKey">Recording can begin with it.</param>
    /// <param name="captured">In microseconds.</param>
    /// <param name="hidesPauses">The times go on after a pause as if there had been none.</param>
    public (bool IsRestart, long Microseconds)? Next(bool paused, bool isKey, long captured, bool hidesPauses)
    {
        var restarts = !recording;
        recording = !paused && (recording || isKey);
        if (!recording)
            return null;
        if (start is null || restarts && hidesPauses)
            start = captured - last;
        last = captured - start.Value;
        return (restarts, last);
    }
}
