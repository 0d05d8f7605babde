namespace Iot.Device.Media;

/// <summary>A size, or a range of sizes, that a device can deliver, in pixels.</summary>
public class Resolution
{
    public ResolutionType Type { get; set; }

    public uint MinHeight { get; set; }

    public uint MaxHeight { get; set; }

    public uint StepHeight { get; set; }

    public uint MinWidth { get; set; }

    public uint MaxWidth { get; set; }

    public uint StepWidth { get; set; }
}

/// <summary>V4L2's v4l2_frmsizetypes.</summary>
public enum ResolutionType
{
    /// <summary>One size: minimum and maximum are the same.</summary>
    Discrete = 1,

    /// <summary>Every size from minimum to maximum.</summary>
    Continuous = 2,

    /// <summary>From minimum to maximum in steps.</summary>
    Stepwise = 3,
}
