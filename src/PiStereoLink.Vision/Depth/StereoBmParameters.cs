namespace PiStereoLink.Vision;

/// <summary>
/// The knobs of OpenCV's block matcher, by OpenCV's names. The first five default to the values of the blog's live view,
/// the others to OpenCV's own.
/// </summary>
public sealed record StereoBmParameters
{
    // Disparities are 16-bit, in 1/16 px.
    private const int DisparityLimit = 2047;

    /// <summary>The smallest disparity looked for, px: what lies farther is not seen. Default 4.</summary>
    public int MinDisparity { get; init; } = 4;

    /// <summary>How many disparities are tried, a multiple of 16; more sees nearer and costs time and a border on the left. Default 128.</summary>
    public int NumDisparities { get; init; } = 128;

    /// <summary>The side of the compared square, px, odd, 5 to 255; larger is smoother and rounds off corners. Default 21.</summary>
    public int BlockSize { get; init; } = 21;

    /// <summary>Within a speckle, neighbours differ by at most this, px. Default 16.</summary>
    public int SpeckleRange { get; init; } = 16;

    /// <summary>Patches of fewer pixels than this are removed; 0 removes none. Default 45.</summary>
    public int SpeckleWindowSize { get; init; } = 45;

    /// <summary>By how many per cent the best match must beat the others; 0 asks nothing. Default 15.</summary>
    public int UniquenessRatio { get; init; } = 15;

    /// <summary>The least texture a block must have; flat blocks match anywhere. Default 10.</summary>
    public int TextureThreshold { get; init; } = 10;

    /// <summary>The horizontal gradient is cut off at this, 1 to 63. Default 31.</summary>
    public int PreFilterCap { get; init; } = 31;

    /// <summary>How far left-to-right and right-to-left may differ, px; negative does not compare. Default -1.</summary>
    public int Disp12MaxDiff { get; init; } = -1;

    /// <summary>Checks every knob.</summary>
    /// <exception cref="ArgumentException">The first that cannot be, with what came and what is allowed.</exception>
    public void Validate()
    {
        if (NumDisparities <= 0 || NumDisparities % 16 != 0)
            throw new ArgumentException($"numDisparities is {NumDisparities}; a positive multiple of 16 is allowed.");
        if (MinDisparity < -DisparityLimit || (long)MinDisparity + NumDisparities > DisparityLimit)
            throw new ArgumentException($"minDisparity is {MinDisparity} with numDisparities {NumDisparities}; -{DisparityLimit} to {DisparityLimit} px can be held.");
        if (BlockSize is < 5 or > 255 || BlockSize % 2 == 0)
            throw new ArgumentException($"blockSize is {BlockSize}; an odd number from 5 to 255 is allowed.");
        if (SpeckleRange is < 0 or > DisparityLimit)
            throw new ArgumentException($"speckleRange is {SpeckleRange}; 0 to {DisparityLimit} px is allowed.");
        if (SpeckleWindowSize < 0)
            throw new ArgumentException($"speckleWindowSize is {SpeckleWindowSize}; 0 pixels or more is allowed.");
        if (UniquenessRatio is < 0 or > 100)
            throw new ArgumentException($"uniquenessRatio is {UniquenessRatio}; 0 to 100 per cent is allowed.");
        if (TextureThreshold < 0)
            throw new ArgumentException($"textureThreshold is {TextureThreshold}; 0 or more is allowed.");
        if (PreFilterCap is < 1 or > 63)
            throw new ArgumentException($"preFilterCap is {PreFilterCap}; 1 to 63 is allowed.");
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
}
