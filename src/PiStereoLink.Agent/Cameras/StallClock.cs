namespace PiStereoLink.Agent;

/// <summary>Knows when a camera that films has delivered nothing for longer than <see cref="StallLimit"/>. It is asked; nothing wakes for it.</summary>
/// <param name="framePeriod">From picture to picture.</param>
/// <param name="shutterMicroseconds">The exposure that is set; null where the camera finds it.</param>
/// <param name="time">The clock.</param>
/// <param name="beforeFirst">What the first picture may take besides.</param>
public sealed class StallClock(TimeSpan framePeriod, double? shutterMicroseconds, TimeProvider time, TimeSpan beforeFirst = default)
{
    private long last = time.GetTimestamp();

    /// <summary>What is allowed now.</summary>
    public TimeSpan Limit { get; private set; } = StallLimit.Of(StallLimit.Exposure(shutterMicroseconds, null), framePeriod) + StallLimit.StartUp + beforeFirst;

    /// <summary>What is left of it.</summary>
    public TimeSpan Left => Limit - time.GetElapsedTime(last);

    public void PictureCame(CameraMetadata? told)
    {
        Limit = StallLimit.Of(StallLimit.Exposure(shutterMicroseconds, told?.ExposureMicroseconds), framePeriod);
        last = time.GetTimestamp();
    }
}
