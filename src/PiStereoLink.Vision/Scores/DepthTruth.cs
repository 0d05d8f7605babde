using System.Buffers;

namespace PiStereoLink.Vision;

/// <summary>How measured depth compares with true depth.</summary>
/// <param name="MedianRelativePercent">The median of |measured - true| / true, per cent; null where nothing could be compared.</param>
/// <param name="DensityPercent">Pixels with a disparity, per cent of all pixels of the picture.</param>
/// <param name="ComparedPixels">Pixels with a disparity whose truth lies within the range.</param>
public sealed record DepthError(double? MedianRelativePercent, double DensityPercent, int ComparedPixels);

/// <summary>Compares the disparity of a rectified rig with the true depth of the left picture as it was taken.</summary>
public static class DepthTruth
{
    /// <summary>Truth nearer than this is not compared.</summary>
    public const double DefaultNearMetres = 0.5;

    /// <summary>Truth farther than this is not compared.</summary>
    public const double DefaultFarMetres = 4;

    /// <summary>
    /// Truth is the z of the left camera's own frame, for each pixel of the distorted picture. A rectified pixel (u, v) finds
    /// its raw pixel through the left map, and its z there is that of the point turned back: with the ray
    /// r = ((u - cx) / f, (v - cy) / f, 1), z_raw = z_rectified * (R1^T r)_z.
    /// </summary>
    /// <param name="disparity">Of the rectified left picture.</param>
    /// <param name="calibration">The rig, with its baseline.</param>
    /// <param name="truth">Metres; infinite, NaN or 0 = unknown.</param>
    /// <param name="nearMetres">Truth nearer than this is not compared.</param>
    /// <param name="farMetres">Truth farther than this is not compared.</param>
    /// <exception cref="InvalidDataException">Map, truth and calibration are not of one size.</exception>
    /// <exception cref="InvalidOperationException">The calibration holds maps only.</exception>
    public static DepthError Compare(
        DisparityMap disparity, StereoCalibration calibration, FloatPicture truth,
        double nearMetres = DefaultNearMetres, double farMetres = DefaultFarMetres)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(truth);
        calibration.RequireSize(disparity.Width, disparity.Height, "The disparity map");
        calibration.RequireSize(truth.Width, truth.Height, "The true depth");
        var rig = calibration.RequireRectification();

        var errors = ArrayPool<float>.Shared.Rent(truth.Width * truth.Height);
        try
        {
            var compared = 0;
            for (var y = 0; y < disparity.Height; y++)
            {
                var values = disparity.Row(y);
                for (var x = 0; x < values.Length; x++)
                {
                    if (!disparity.IsValid(values[x]))
                        continue;
                    var expected = TruthAt(calibration, truth, y * disparity.Width + x);
                    if (!(expected >= nearMetres && expected <= farMetres))
                        continue;
                    var rectified = Depth.FromDisparity(
                        rig.FocalLengthPx, rig.BaselineMetres, values[x] / (double)DisparityMap.Scale - rig.InfinityDisparityPx);
                    var measured = rectified * TurnBack(rig, x, y);
                    errors[compared++] = (float)(Math.Abs(measured - expected) / expected);
                }
            }
            return new DepthError(Median(errors.AsSpan(0, compared)) * 100, disparity.DensityPercent(), compared);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(errors);
        }
    }

    /// <summary>The truth of the raw pixel nearest to where a rectified pixel comes from; 0 outside the picture.</summary>
    private static float TruthAt(StereoCalibration calibration, FloatPicture truth, int rectifiedPixel)
    {
        var (x, y) = (MathF.Round(calibration.LeftMapX[rectifiedPixel]), MathF.Round(calibration.LeftMapY[rectifiedPixel]));
        return x >= 0 && y >= 0 && x < truth.Width && y < truth.Height ? truth[(int)x, (int)y] : 0;
    }

    /// <summary>(R1^T r)_z: the third column of R1 times the ray.</summary>
    private static double TurnBack(Rectification rig, int x, int y) =>
        rig.R1[0, 2] * (x - rig.CentreX) / rig.FocalLengthPx + rig.R1[1, 2] * (y - rig.CentreY) / rig.FocalLengthPx + rig.R1[2, 2];

    private static double? Median(Span<float> values)
    {
        if (values.IsEmpty)
            return null;
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
    }
}
