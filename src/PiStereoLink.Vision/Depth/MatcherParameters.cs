using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// What a stereo matcher is told, by OpenCV's names. Disparities are in px. A new matcher is a new record of this kind:
/// the commands, presets and trackbars go by <see cref="Knobs"/>.
/// </summary>
public abstract record MatcherParameters
{
    // Disparities are 16-bit, in 1/16 px.
    private const int DisparityLimit = 2047;

    /// <summary>The name in <c>--matcher</c> and in presets.</summary>
    public abstract string Matcher { get; }

    /// <summary>Every knob that this matcher has.</summary>
    public abstract IReadOnlyList<MatcherKnob> Knobs { get; }

    /// <summary>The smallest disparity looked for, px: what lies farther is not seen.</summary>
    public int MinDisparity { get; init; }

    /// <summary>How many disparities are tried, a multiple of 16; more sees nearer and costs time and a border on the left.</summary>
    public int NumDisparities { get; init; } = 128;

    /// <summary>The side of the compared square, px, odd; larger is smoother and rounds off corners.</summary>
    public int BlockSize { get; init; }

    /// <summary>Within a speckle, neighbours differ by at most this, px.</summary>
    public int SpeckleRange { get; init; }

    /// <summary>Patches of fewer pixels than this are removed; 0 removes none.</summary>
    public int SpeckleWindowSize { get; init; }

    /// <summary>By how many per cent the best match must beat the others; 0 asks nothing.</summary>
    public int UniquenessRatio { get; init; }

    /// <summary>The horizontal gradient is cut off at this.</summary>
    public int PreFilterCap { get; init; }

    /// <summary>How far left-to-right and right-to-left may differ, px; negative does not compare.</summary>
    public int Disp12MaxDiff { get; init; }

    /// <summary>Makes the matcher.</summary>
    /// <param name="leftRoi">Where the rectified left picture shows the scene; default where that is not known.</param>
    /// <param name="rightRoi">The same of the right picture.</param>
    /// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
    public abstract IDisparityMatcher CreateMatcher(Rect leftRoi = default, Rect rightRoi = default);

    /// <summary>The defaults of the matcher of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MatcherParameters Defaults(string matcher) => matcher switch
    {
        StereoBmParameters.Name => new StereoBmParameters(),
        StereoSgbmParameters.Name => new StereoSgbmParameters(),
        _ => throw new ArgumentException($"The matcher is \"{matcher}\"; {string.Join(" or ", Matchers)} is allowed."),
    };

    /// <summary>The names that <see cref="Defaults"/> knows.</summary>
    public static IReadOnlyList<string> Matchers { get; } = [StereoBmParameters.Name, StereoSgbmParameters.Name];

    /// <summary>Checks every knob.</summary>
    /// <exception cref="ArgumentException">The first that cannot be, with what came and what is allowed.</exception>
    public virtual void Validate()
    {
        if (NumDisparities <= 0 || NumDisparities % 16 != 0)
            throw new ArgumentException($"numDisparities is {NumDisparities}; a positive multiple of 16 is allowed.");
        if (MinDisparity < -DisparityLimit || (long)MinDisparity + NumDisparities > DisparityLimit)
            throw new ArgumentException($"minDisparity is {MinDisparity} with numDisparities {NumDisparities}; -{DisparityLimit} to {DisparityLimit} px can be held.");
        if (SpeckleRange is < 0 or > DisparityLimit)
            throw new ArgumentException($"speckleRange is {SpeckleRange}; 0 to {DisparityLimit} px is allowed.");
        if (SpeckleWindowSize < 0)
            throw new ArgumentException($"speckleWindowSize is {SpeckleWindowSize}; 0 pixels or more is allowed.");
        if (UniquenessRatio is < 0 or > 100)
            throw new ArgumentException($"uniquenessRatio is {UniquenessRatio}; 0 to 100 per cent is allowed.");
        if (Disp12MaxDiff > DisparityLimit)
            throw new ArgumentException($"disp12MaxDiff is {Disp12MaxDiff}; up to {DisparityLimit} px, or a negative number, is allowed.");
    }

    /// <summary>Checks that pictures of this size leave something to match.</summary>
    /// <exception cref="ArgumentException">The block is larger than the picture, or the disparities are wider than it.</exception>
    public void ValidateFor(int width, int height)
    {
        if (BlockSize > Math.Min(width, height) - 1)   // OpenCV wants it smaller than either side
            throw new ArgumentException($"blockSize is {BlockSize}; it must be smaller than the picture, which is {width}x{height}.");
        var reach = Math.Max(MinDisparity + NumDisparities, -MinDisparity);
        if (reach >= width)
            throw new ArgumentException($"minDisparity {MinDisparity} and numDisparities {NumDisparities} reach {reach} px; the picture is {width} px wide.");
    }

    /// <summary>The knobs that OpenCV's matchers share.</summary>
    private protected static MatcherKnob[] CommonKnobs { get; } =
    [
        new("minDisparity", "Smallest disparity looked for, px; what lies farther is not seen.", p => p.MinDisparity, (p, value) => p with { MinDisparity = value }),
        new("numDisparities", "How many disparities are tried; a multiple of 16.", p => p.NumDisparities, (p, value) => p with { NumDisparities = value }),
        new("blockSize", "Side of the compared square, px; odd.", p => p.BlockSize, (p, value) => p with { BlockSize = value }),
        new("speckleRange", "Neighbours in a speckle differ by at most this, px.", p => p.SpeckleRange, (p, value) => p with { SpeckleRange = value }),
        new("speckleWindowSize", "Patches of fewer pixels are removed; 0 removes none.", p => p.SpeckleWindowSize, (p, value) => p with { SpeckleWindowSize = value }),
        new("uniquenessRatio", "Per cent by which the best match must beat the others.", p => p.UniquenessRatio, (p, value) => p with { UniquenessRatio = value }),
        new("preFilterCap", "The gradient is cut off at this.", p => p.PreFilterCap, (p, value) => p with { PreFilterCap = value }),
        new("disp12MaxDiff", "How far both directions of matching may differ, px; negative does not compare.", p => p.Disp12MaxDiff, (p, value) => p with { Disp12MaxDiff = value }),
    ];
}
