using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Owns one cv::StereoBM: sums of absolute differences over blocks (Konolige, "Small Vision Systems", 1997).
/// One matcher per rig; not for several threads at once.
/// </summary>
public sealed class BlockMatcher : IDisposable
{
    private readonly StereoBmParameters _parameters;
    private readonly StereoBM _matcher;
    private readonly Mat _disparity = new();

    /// <summary>Sets up the matcher.</summary>
    /// <param name="parameters">Checked here; null takes the defaults.</param>
    /// <param name="calibration">Its regions keep disparities out of the borders, where they are known.</param>
    /// <exception cref="ArgumentException">A parameter cannot be; the sentence names it.</exception>
    public BlockMatcher(StereoBmParameters? parameters = null, StereoCalibration? calibration = null)
    {
        _parameters = parameters ?? new StereoBmParameters();
        _parameters.Validate();
        _matcher = StereoBM.Create(_parameters.NumDisparities, _parameters.BlockSize);
        _matcher.MinDisparity = _parameters.MinDisparity;
        _matcher.SpeckleRange = _parameters.SpeckleRange;
        _matcher.SpeckleWindowSize = _parameters.SpeckleWindowSize;
        _matcher.UniquenessRatio = _parameters.UniquenessRatio;
        _matcher.TextureThreshold = _parameters.TextureThreshold;
        _matcher.PreFilterCap = _parameters.PreFilterCap;
        _matcher.Disp12MaxDiff = _parameters.Disp12MaxDiff;
        if (calibration is null)
            return;
        _matcher.ROI1 = calibration.LeftRoi;
        _matcher.ROI2 = calibration.RightRoi;
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
        _parameters.ValidateFor(width, height);

        _matcher.Compute(left, right, _disparity);
        var values = GC.AllocateUninitializedArray<short>(width * height);
        for (var y = 0; y < height; y++)
            _disparity.RowSpan<short>(y).CopyTo(values.AsSpan(y * width, width));
        return new DisparityMap(width, height, values, _parameters.MinDisparity, _parameters.NumDisparities);
    }

    /// <summary>Frees the matcher.</summary>
    public void Dispose()
    {
        _disparity.Dispose();
        _matcher.Dispose();
    }
}
