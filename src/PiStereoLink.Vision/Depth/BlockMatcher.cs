using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Owns one cv::StereoBM: sums of absolute differences over blocks (Konolige, "Small Vision Systems", 1997).
/// One matcher per rig; not for several threads at once.
/// </summary>
public sealed class BlockMatcher : IDisposable
{
    private readonly StereoBmParameters parameters;
    private readonly StereoBM matcher;
    private readonly Mat disparity = new();

    /// <summary>Sets up the matcher.</summary>
    /// <param name="parameters">Checked here; null takes the defaults.</param>
    /// <param name="calibration">Its regions keep disparities out of the borders, where they are known.</param>
    /// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
    public BlockMatcher(StereoBmParameters? parameters = null, StereoCalibration? calibration = null)
    {
        this.parameters = parameters ?? new StereoBmParameters();
        this.parameters.Validate();
        matcher = StereoBM.Create(this.parameters.NumDisparities, this.parameters.BlockSize);
        matcher.MinDisparity = this.parameters.MinDisparity;
        matcher.SpeckleRange = this.parameters.SpeckleRange;
        matcher.SpeckleWindowSize = this.parameters.SpeckleWindowSize;
        matcher.UniquenessRatio = this.parameters.UniquenessRatio;
        matcher.TextureThreshold = this.parameters.TextureThreshold;
        matcher.PreFilterCap = this.parameters.PreFilterCap;
        matcher.Disp12MaxDiff = this.parameters.Disp12MaxDiff;
        if (calibration is null)
            return;
        matcher.ROI1 = calibration.LeftRoi;
        matcher.ROI2 = calibration.RightRoi;
    }

    /// <summary>Matches a rectified pair.</summary>
    /// <param name="left">CV_8UC1.</param>
    /// <param name="right">CV_8UC1, of the same size.</param>
    /// <exception cref="ArgumentException">The pictures are too small for the parameters.</exception>
    /// <exception cref="InvalidDataException">The pictures are not grey or not of one size.</exception>
    public DisparityMap Compute(Mat left, Mat right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (width, height) = (left.Cols, left.Rows);
        if (right.Cols != width || right.Rows != height)
            throw new InvalidDataException($"The left picture is {width}x{height}, the right one {right.Cols}x{right.Rows}; a pair has one size.");
        if (left.Type() != MatType.CV_8UC1 || right.Type() != MatType.CV_8UC1)
            throw new InvalidDataException("The block matcher takes grey pictures of 8 bits.");
        parameters.ValidateFor(width, height);

        matcher.Compute(left, right, disparity);
        var values = GC.AllocateUninitializedArray<short>(width * height);
        for (var y = 0; y < height; y++)
            disparity.RowSpan<short>(y).CopyTo(values.AsSpan(y * width, width));
        return new DisparityMap(width, height, values, parameters.MinDisparity, parameters.NumDisparities);
    }

    /// <summary>Frees the matcher.</summary>
    public void Dispose()
    {
        disparity.Dispose();
        matcher.Dispose();
    }
}
