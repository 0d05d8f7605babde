using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// The knobs of OpenCV's block matcher. The first five default to the values of the blog's live view (4, 128, 21, 16, 45),
/// the others to OpenCV's own.
/// </summary>
public sealed record StereoBmParameters : MatcherParameters
{
    /// <summary><c>bm</c>.</summary>
    public const string Name = "bm";

    private static readonly MatcherKnob[] Table =
    [
        .. CommonKnobs,
        Knob("textureThreshold", "Least texture that a block must have.", p => p.TextureThreshold, (p, value) => p with { TextureThreshold = value }),
        Knob("preFilterType", "0 evens out the brightness, 1 keeps the horizontal gradient.", p => p.PreFilterType, (p, value) => p with { PreFilterType = value }),
        Knob("preFilterSize", "Side of the window that evens out, px; odd.", p => p.PreFilterSize, (p, value) => p with { PreFilterSize = value }),
    ];

    /// <summary>The defaults.</summary>
    public StereoBmParameters() =>
        (MinDisparity, BlockSize, SpeckleRange, SpeckleWindowSize, UniquenessRatio, PreFilterCap, Disp12MaxDiff) = (4, 21, 16, 45, 15, 31, -1);

    /// <inheritdoc/>
    public override string Matcher => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<MatcherKnob> Knobs => Table;

    /// <summary>The least texture a block must have; flat blocks match anywhere. Default 10.</summary>
    public int TextureThreshold { get; init; } = 10;

    /// <summary>0 evens out the brightness, 1 keeps the horizontal gradient. Default 1.</summary>
    public int PreFilterType { get; init; } = 1;

    /// <summary>The side of the window that evens out the brightness, px, odd, 5 to 255. Default 9.</summary>
    public int PreFilterSize { get; init; } = 9;

    /// <inheritdoc/>
    public override IDisparityMatcher CreateMatcher(Rect leftRoi = default, Rect rightRoi = default) => new BlockMatcher(this, leftRoi, rightRoi);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (BlockSize is < 5 or > 255 || BlockSize % 2 == 0)
            throw new ArgumentException($"blockSize is {BlockSize}; an odd number from 5 to 255 is allowed.");
        if (TextureThreshold < 0)
            throw new ArgumentException($"textureThreshold is {TextureThreshold}; 0 or more is allowed.");
        if (PreFilterCap is < 1 or > 63)
            throw new ArgumentException($"preFilterCap is {PreFilterCap}; 1 to 63 is allowed.");
        if (PreFilterType is not (0 or 1))
            throw new ArgumentException($"preFilterType is {PreFilterType}; 0 (even brightness) or 1 (horizontal gradient) is allowed.");
        if (PreFilterSize is < 5 or > 255 || PreFilterSize % 2 == 0)
            throw new ArgumentException($"preFilterSize is {PreFilterSize}; an odd number from 5 to 255 is allowed.");
    }

    private static MatcherKnob Knob(string name, string description, Func<StereoBmParameters, int> get, Func<StereoBmParameters, int, StereoBmParameters> with) =>
        new(name, description, p => get((StereoBmParameters)p), (p, value) => with((StereoBmParameters)p, value));
}
