using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace PiStereoLink.Vision;

/// <summary>
/// Smooths disparities within the edges of the left picture and closes small holes. Disparities, and how much they count
/// (1 or 0), are smoothed alike and divided, as weighted least squares does it: a pixel without a disparity has no say.
/// </summary>
/// <param name="matcher">What comes before; owned.</param>
/// <param name="kind">Which filter.</param>
public sealed class EdgePreservingFilter(IDisparityMatcher matcher, DisparityFilterKind kind) : IDisparityMatcher
{
    // OpenCV's own disparity filter takes 8000 and 1.5 by default, which bends slanted surfaces by more than a pixel.
    private const double Lambda = 500, SigmaColour = 1.5;
    private const int Radius = 4;

    // In squared steps of grey, 0..255: what counts as an edge.
    private const double Epsilon = 10 * 10;

    /// <summary>With less support than this around it a hole stays a hole: nothing is made up over larger ones.</summary>
    private const float LeastSupport = 0.5f;

    private readonly Mat values = new();
    private readonly Mat weights = new();
    private readonly Mat smoothedValues = new();
    private readonly Mat smoothedWeights = new();

    /// <inheritdoc/>
    public DisparityMap Compute(Mat left, Mat right)
    {
        var map = matcher.Compute(left, right);
        Spread(map);
        Smooth(left, values, smoothedValues);
        Smooth(left, weights, smoothedWeights);
        return Divide(map);
    }

    /// <summary>Frees the matcher and the pictures between.</summary>
    public void Dispose()
    {
        matcher.Dispose();
        values.Dispose();
        weights.Dispose();
        smoothedValues.Dispose();
        smoothedWeights.Dispose();
    }

    private void Smooth(Mat guide, Mat from, Mat to)
    {
        if (kind == DisparityFilterKind.Guided)
            CvXImgProc.GuidedFilter(guide, from, to, Radius, Epsilon);
        else
            CvXImgProc.FastGlobalSmootherFilter(guide, from, to, Lambda, SigmaColour);
    }

    private void Spread(DisparityMap map)
    {
        values.Create(map.Height, map.Width, MatType.CV_32FC1);
        weights.Create(map.Height, map.Width, MatType.CV_32FC1);
        for (var y = 0; y < map.Height; y++)
        {
            var from = map.Row(y);
            var value = values.RowSpan<float>(y);
            var weight = weights.RowSpan<float>(y);
            for (var x = 0; x < from.Length; x++)
                (value[x], weight[x]) = map.IsValid(from[x]) ? (from[x], 1) : (0, 0);
        }
    }

    private DisparityMap Divide(DisparityMap map)
    {
        var result = new short[map.Width * map.Height];
        var (least, last) = (map.MinDisparity * DisparityMap.Scale, (map.MinDisparity + map.NumDisparities) * DisparityMap.Scale);
        for (var y = 0; y < map.Height; y++)
        {
            var value = smoothedValues.RowSpan<float>(y);
            var weight = smoothedWeights.RowSpan<float>(y);
            var to = result.AsSpan(y * map.Width, map.Width);
            for (var x = 0; x < to.Length; x++)
                to[x] = (short)(weight[x] >= LeastSupport ? Math.Clamp((int)MathF.Round(value[x] / weight[x]), least, last) : least - DisparityMap.Scale);
        }
        return new DisparityMap(map.Width, map.Height, result, map.MinDisparity, map.NumDisparities);
    }
}
