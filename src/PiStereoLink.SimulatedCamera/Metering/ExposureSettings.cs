namespace PiStereoLink.SimulatedCamera.Metering;

/// <summary>What of the exposure is fixed by the command line; null is automatic.</summary>
internal sealed record ExposureSettings
{
    public TimeSpan? Shutter { get; init; }

    /// <summary>Analogue gain, and what goes beyond the sensor's as digital gain.</summary>
    public double? Gain { get; init; }

    public (double Red, double Blue)? ColourGains { get; init; }

    /// <summary>Stops by which the automatic exposure aims brighter.</summary>
    public double Ev { get; init; }

    /// <summary>Nothing is left to converge.</summary>
    public bool AllFixed => Shutter is not null && Gain is not null && ColourGains is not null;
}
