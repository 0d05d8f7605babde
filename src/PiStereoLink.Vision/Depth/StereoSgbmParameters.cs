using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Along how many paths the semi-global matcher sums its costs; the values are OpenCV's.</summary>
public enum SgbmMode
{
    /// <summary>Five paths, in one pass.</summary>
    Sgbm = 0,

    /// <summary>Eight paths, two passes: the whole volume of costs is kept in memory.</summary>
    Hh = 1,

    /// <summary>Three paths: faster, and on several cores. OpenCvSharp has no name for it, but takes the number.</summary>
    ThreeWay = 2,
}

/// <summary>
/// The knobs of OpenCV's semi-global block matcher (Hirschmueller, PAMI 2008, over blocks). The penalties default to what
/// OpenCV's documentation proposes for one channel; the rest to values that suit pictures of a real scene.
/// </summary>
public sealed record StereoSgbmParameters : MatcherParameters
{
    /// <summary><c>sgbm</c>.</summary>
    public const string Name = "sgbm";

    private const int PenaltyLimit = 32767;   // costs are summed in 16 bits

    private static readonly MatcherKnob[] Table =
    [
        .. CommonKnobs,
        Knob("p1", "Penalty of a step of one disparity between neighbours. [default: 8 * block size squared]", p => p.P1, (p, value) => p with { P1 = value }),
        Knob("p2", "Penalty of a larger step; more than p1. [default: 32 * block size squared]", p => p.P2, (p, value) => p with { P2 = value }),
        Knob("mode", "Paths that costs are summed along: sgbm 5, 3way 3, hh 8.", p => (int)p.Mode, (p, value) => p with { Mode = (SgbmMode)value }, ["sgbm", "hh", "3way"]),
    ];

    private readonly int? p1;
    private readonly int? p2;

    /// <summary>The defaults.</summary>
    public StereoSgbmParameters() =>
        (MinDisparity, BlockSize, SpeckleRange, SpeckleWindowSize, UniquenessRatio, PreFilterCap, Disp12MaxDiff) = (0, 5, 2, 100, 10, 63, 1);

    /// <inheritdoc/>
    public override string Matcher => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<MatcherKnob> Knobs => Table;

    /// <summary>What a step of one disparity between neighbours costs. Default 8 * <see cref="MatcherParameters.BlockSize"/>².</summary>
    public int P1 { get => p1 ?? 8 * BlockSize * BlockSize; init => p1 = value; }

    /// <summary>What a larger step costs; more than <see cref="P1"/>. Default 32 * <see cref="MatcherParameters.BlockSize"/>².</summary>
    public int P2 { get => p2 ?? 32 * BlockSize * BlockSize; init => p2 = value; }

    /// <summary>Along how many paths. Default five.</summary>
    public SgbmMode Mode { get; init; }

    /// <inheritdoc/>
    public override IDisparityMatcher CreateMatcher(Rect leftRoi = default, Rect rightRoi = default) => new SemiGlobalMatcher(this);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (BlockSize is < 1 or > 31 || BlockSize % 2 == 0)
            throw new ArgumentException($"blockSize is {BlockSize}; an odd number from 1 to 31 is allowed.");
        if (PreFilterCap is < 0 or > 127)
            throw new ArgumentException($"preFilterCap is {PreFilterCap}; 0 to 127 is allowed.");
        if (P1 is < 1 or > PenaltyLimit)
            throw new ArgumentException($"p1 is {P1}; 1 to {PenaltyLimit} is allowed.");
        if (P2 <= P1 || P2 > PenaltyLimit)
            throw new ArgumentException($"p2 is {P2} with p1 {P1}; more than p1 and at most {PenaltyLimit} is allowed.");
        if (!Enum.IsDefined(Mode))
            throw new ArgumentException($"mode is {(int)Mode}; sgbm, 3way or hh is allowed.");
    }

    private static MatcherKnob Knob(
        string name, string description, Func<StereoSgbmParameters, int> get, Func<StereoSgbmParameters, int, StereoSgbmParameters> with, IReadOnlyList<string>? words = null) =>
        new(name, description, p => get((StereoSgbmParameters)p), (p, value) => with((StereoSgbmParameters)p, value), words);
}
