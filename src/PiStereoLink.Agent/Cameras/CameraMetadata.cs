namespace PiStereoLink.Agent;

/// <summary>What a camera program tells of one picture; null where it does not say.</summary>
public readonly record struct CameraMetadata
{
    /// <summary>Time of capture by the Pi's clock, nanoseconds since 1970-01-01 UTC.</summary>
    public long? WallClockNanoseconds { get; init; }

    /// <summary>Time of capture by the kernel's monotonic clock.</summary>
    public long? SensorNanoseconds { get; init; }

    public double? ExposureMicroseconds { get; init; }

    public double? AnalogueGain { get; init; }

    public double? DigitalGain { get; init; }

    /// <summary>The white balance.</summary>
    public ColourGains? ColourGains { get; init; }

    /// <summary>Where the lens stood, in dioptres: 0 is far away.</summary>
    public double? LensPosition { get; init; }
}
