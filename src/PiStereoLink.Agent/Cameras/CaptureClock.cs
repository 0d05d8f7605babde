namespace PiStereoLink.Agent;

/// <summary>When a picture was taken, by the Pi's own clocks.</summary>
/// <param name="Utc">By its clock of the day.</param>
/// <param name="MonotonicNanoseconds">By its monotonic clock; null when not known.</param>
/// <param name="ErrorMicroseconds">Bound of the error; null when the sensor itself gave the time.</param>
public readonly record struct CaptureTime(DateTime Utc, long? MonotonicNanoseconds, long? ErrorMicroseconds);

/// <summary>Finds the time of capture: the sensor's own where the camera program tells it, else the time when the picture was whole.</summary>
public sealed class CaptureClock(TimeProvider time, TimeSpan errorWithoutMetadata)
{
    /// <summary>
    /// A sensor time further from now than this is on another clock. libcamera documents CLOCK_BOOTTIME and was seen to use
    /// CLOCK_MONOTONIC; we take CLOCK_MONOTONIC, and on a Pi, which never suspends, the two are the same.
    /// </summary>
    internal static readonly TimeSpan Plausible = TimeSpan.FromMinutes(5);

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The kernel's id of this boot, or null where there is no such thing.</summary>
    public static string? BootId { get; } = ReadBootId();

    public CaptureTime TimeOf(CameraMetadata? metadata)
    {
        if (metadata?.WallClockNanoseconds is { } wall && FromNanoseconds(wall) is { } told)
            return new CaptureTime(told, metadata?.SensorNanoseconds, ErrorMicroseconds: null);

        var now = time.GetUtcNow().UtcDateTime;
        var monotonic = MonotonicNanoseconds();
        if (metadata?.SensorNanoseconds is { } sensor && TimeSpan.FromTicks((monotonic - sensor) / TimeSpan.NanosecondsPerTick) is var age
            && age > -Plausible && age < Plausible)
            return new CaptureTime(now - age, sensor, ErrorMicroseconds: null);

        return new CaptureTime(now, monotonic, (long)errorWithoutMetadata.TotalMicroseconds);
    }

    private static DateTime? FromNanoseconds(long unix) => DateTime.UnixEpoch.AddTicks(unix / TimeSpan.NanosecondsPerTick);

    // .NET's timestamp is CLOCK_MONOTONIC in nanoseconds on Linux; the conversion is for other clocks in tests.
    private long MonotonicNanoseconds() => time.TimestampFrequency == NanosecondsPerSecond
        ? time.GetTimestamp()
        : (long)((Int128)time.GetTimestamp() * NanosecondsPerSecond / time.TimestampFrequency);

    private static string? ReadBootId()
    {
        const string path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
