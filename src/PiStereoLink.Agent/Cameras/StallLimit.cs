namespace PiStereoLink.Agent;

/// <summary>How long a camera may deliver nothing before it is taken to hang: the same rule for video and for stills.</summary>
public static class StallLimit
{
    /// <summary>On top of it for the first picture: a loaded Pi Zero 2 needs some seconds until a program has its camera running.</summary>
    public static readonly TimeSpan StartUp = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeastMargin = TimeSpan.FromSeconds(10);

    /// <summary>The longest frame that rpicam-still lets a sensor have; what is told beyond it is no exposure.</summary>
    private static readonly TimeSpan LongestExposure = TimeSpan.FromSeconds(1000);

    /// <summary>A picture's exposure, the time from one picture to the next, and half of that again or 10 s, whichever is more.</summary>
    public static TimeSpan Of(TimeSpan exposure, TimeSpan interval)
    {
        var margin = interval / 2;
        return exposure + interval + (margin > LeastMargin ? margin : LeastMargin);
    }

    /// <summary>The exposure that is set, else the one that the last picture had, else none.</summary>
    public static TimeSpan Exposure(double? setMicroseconds, double? toldMicroseconds) =>
        TimeSpan.FromMicroseconds(Math.Clamp(setMicroseconds ?? toldMicroseconds ?? 0, 0, LongestExposure.TotalMicroseconds));
}
