namespace PiStereoLink.Receiver.Sources;

/// <summary>
/// From a device's time to the time of the day. V4L2 tells in CAP_PROP_POS_MSEC when the first bytes of a picture came, by the monotonic clock,
/// which is .NET's timestamp on Linux. Other systems, and drivers with another clock, are recognised by a time that cannot be.
/// </summary>
public sealed class DeviceClock(TimeProvider time)
{
    /// <summary>Exposed before, transferred since: more than that is another clock.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(5);

    /// <summary>Some drivers tell the end of a picture that they hand over before: vivid does.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    /// <summary>The property is in whole milliseconds on some backends.</summary>
    private const long ErrorMicroseconds = 1000;

    public CaptureMoment MomentOf(double positionMilliseconds)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var monotonic = (double)time.GetTimestamp() / time.TimestampFrequency * 1000;
        var age = monotonic - positionMilliseconds;
        return positionMilliseconds > 0 && age >= -Ahead.TotalMilliseconds && age <= Oldest.TotalMilliseconds
            ? new CaptureMoment(now.AddMilliseconds(-age), ErrorMicroseconds)
            : new CaptureMoment(now, null);
    }
}
