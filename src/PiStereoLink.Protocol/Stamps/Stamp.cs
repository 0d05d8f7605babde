namespace PiStereoLink.Protocol;

/// <summary>Whose clock a capture time has been compared with.</summary>
public enum ClockSource
{
    None,
    Ntp,
    Receiver,
}

/// <summary>What is known of the Pi's clock.</summary>
/// <param name="Source">Whom it was compared with.</param>
/// <param name="OffsetMicroseconds">What brings it to the receiver's clock; null when not measured.</param>
/// <param name="ErrorMicroseconds">Bound of the capture time's error; null when not known.</param>
public readonly record struct ClockState(ClockSource Source, long? OffsetMicroseconds, long? ErrorMicroseconds);

/// <summary>When, who, which: what the agent writes into every picture as EXIF.</summary>
public readonly record struct Stamp
{
    /// <summary>Version of the values in the user comment.</summary>
    public const int Version = 1;

    public required CameraName Camera { get; init; }

    public required FrameIdentity Identity { get; init; }

    /// <summary>Time of capture by the Pi's own clock, UTC, to the microsecond.</summary>
    public required DateTime CapturedAt { get; init; }

    public ClockState Clock { get; init; }

    /// <summary>The kernel's boot id; it tells whether two monotonic times may be compared.</summary>
    public string? Boot { get; init; }

    /// <summary>Time of capture by the Pi's monotonic clock in nanoseconds.</summary>
    public long? MonotonicNanoseconds { get; init; }

    /// <summary>The camera's sensor, such as <c>imx219</c>.</summary>
    public string? Sensor { get; init; }

    /// <summary>Shutter time in microseconds.</summary>
    public int? ExposureMicroseconds { get; init; }

    public double? AnalogueGain { get; init; }

    public double? DigitalGain { get; init; }

    /// <summary>Time of capture by the receiver's clock as far as it is known.</summary>
    public DateTime CapturedAtReceiver => CapturedAt.AddMicroseconds(Clock.OffsetMicroseconds ?? 0);

    /// <summary>Microseconds since 1970-01-01 UTC of <see cref="CapturedAt"/>.</summary>
    public long UtcMicroseconds => ToMicroseconds(CapturedAt);

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static long ToMicroseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time so many microseconds after 1970-01-01 UTC, or null outside the years 1970 to 9999.</summary>
    public static DateTime? FromMicroseconds(long microseconds) =>
        microseconds >= 0 && microseconds <= (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
}
