using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Owns one of OpenCV's matchers and the Mat that it writes; takes the checked result out of native memory.</summary>
public abstract class OpenCvMatcher : IDisparityMatcher
{
    private readonly MatcherParameters parameters;
    private readonly StereoMatcher matcher;
    private readonly Mat disparity = new();

    private protected OpenCvMatcher(MatcherParameters parameters, Func<StereoMatcher> create)
    {
        parameters.Validate();
        this.parameters = parameters;
        matcher = create();
    }

    /// <inheritdoc/>
    public DisparityMap Compute(Mat left, Mat right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (width, height) = (left.Cols, left.Rows);
        if (right.Cols != width || right.Rows != height)
            throw new InvalidDataException($"The left picture is {width}x{height}, the right one {right.Cols}x{right.Rows}; a pair has one size.");
        if (left.Type() != MatType.CV_8UC1 || right.Type() != MatType.CV_8UC1)
            throw new InvalidDataException("The matcher takes grey pictures of 8 bits.");
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
        GC.SuppressFinalize(this);
    }
}
