using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>What is done to a disparity map after the matcher.</summary>
public enum DisparityFilterKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The fast global smoother, which the well-known WLS filter is built on: strong, over whole surfaces.</summary>
    Fgs,

    /// <summary>The guided filter: local and milder.</summary>
    Guided,
}

/// <summary>The steps between a matcher and its user.</summary>
/// <param name="LeftRightCheckPx">How far the disparity of a left pixel and that of its partner may differ, px; null does not look.</param>
/// <param name="Filter">Which edge-preserving filter follows.</param>
public sealed record Refinement(double? LeftRightCheckPx = null, DisparityFilterKind Filter = DisparityFilterKind.None)
{
    private const double CheckLimitPx = 2047;

    /// <summary>The matcher of these parameters with these steps behind it.</summary>
    /// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
    public IDisparityMatcher CreateMatcher(MatcherParameters parameters, Rect leftRoi = default, Rect rightRoi = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (LeftRightCheckPx is { } tolerance && !(tolerance >= 0 && tolerance <= CheckLimitPx))
            throw new ArgumentException($"The left-right check is {tolerance} px; 0 to {CheckLimitPx} px is allowed.");
        var matcher = parameters.CreateMatcher(leftRoi, rightRoi);
        if (LeftRightCheckPx is { } px)
            matcher = new LeftRightCheck(matcher, parameters.CreateMatcher(), px);
        return Filter == DisparityFilterKind.None ? matcher : new EdgePreservingFilter(matcher, Filter);
    }
}
