using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>How much a pixel of a still scene changes from pair to pair.</summary>
internal static class TemporalNoise
{
    /// <summary>The standard deviation of the median pixel, of those that have a disparity in every pair; null with fewer than two pairs.</summary>
    public static (double? Px, double? Millimetres) Of(IReadOnlyList<DisparityMap> maps, Rect region, StereoCalibration? rig)
    {
        if (maps.Count < 2)
            return (null, null);
        var (px, millimetres) = (new List<double?>(), new List<double?>());
        var disparities = new double[maps.Count];
        for (var y = region.Y; y < region.Bottom; y++)
            for (var x = region.X; x < region.Right; x++)
            {
                if (!TryRead(maps, x, y, disparities))
                    continue;
                px.Add(Deviation(disparities));
                if (rig is not null)
                    millimetres.Add(1000 * Deviation([.. disparities.Select(disparity => Depth.FromDisparity(rig, disparity))]));
            }
        return (Median.Of(px), Median.Of(millimetres.Where(value => double.IsFinite(value!.Value))));
    }

    private static bool TryRead(IReadOnlyList<DisparityMap> maps, int x, int y, double[] disparities)
    {
        for (var i = 0; i < disparities.Length; i++)
            disparities[i] = maps[i][x, y];
        return disparities.All(double.IsFinite);
    }

    /// <summary>Of a sample: divided by one less than its size.</summary>
    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
