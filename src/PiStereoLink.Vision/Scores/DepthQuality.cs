using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// How good the depth of a rig is, seen on a flat, textured surface such as a wall or a poster. Each figure is the median
/// over the pairs. Null is what could not be measured: no plane was found, no metres are known, or there is one pair alone.
/// </summary>
/// <param name="Pairs">Pairs of a scene that stands still.</param>
/// <param name="FillRatePercent">Pixels of the region with a disparity.</param>
/// <param name="PlaneRmsPx">How far disparities lie off the plane that fits them, px.</param>
/// <param name="PlaneRmsMillimetres">How far points lie off it, mm.</param>
/// <param name="PlaneOutliersPercent">Disparities too far off to be counted in those two.</param>
/// <param name="PlaneDistanceMetres">From the left camera straight to the plane.</param>
/// <param name="DepthErrorMillimetres">That distance less the known one: above 0 is too far.</param>
/// <param name="DepthErrorPercent">The same, per cent of the known one.</param>
/// <param name="TemporalNoisePx">Standard deviation of a pixel's disparity from pair to pair: the median pixel.</param>
/// <param name="TemporalNoiseMillimetres">The same of its depth.</param>
public sealed record DepthQuality(
    int Pairs, double FillRatePercent, double? PlaneRmsPx, double? PlaneRmsMillimetres, double? PlaneOutliersPercent, double? PlaneDistanceMetres,
    double? DepthErrorMillimetres, double? DepthErrorPercent, double? TemporalNoisePx, double? TemporalNoiseMillimetres)
{
    /// <summary>Measures.</summary>
    /// <param name="maps">One for each pair, of one size.</param>
    /// <param name="region">Where the surface is; default for the whole picture.</param>
    /// <param name="calibration">For metres; one with maps only gives none.</param>
    /// <param name="knownDistanceMetres">From the left camera straight to the surface, measured by hand.</param>
    /// <exception cref="InvalidDataException">The maps are not of one size, or the region does not lie within.</exception>
    public static DepthQuality Measure(IReadOnlyList<DisparityMap> maps, Rect region = default, StereoCalibration? calibration = null, double? knownDistanceMetres = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count == 0)
            throw new InvalidDataException("There is no pair to measure.");
        region = Regions.Within(region, maps[0].Width, maps[0].Height);
        if (maps.FirstOrDefault(map => map.Width != maps[0].Width || map.Height != maps[0].Height) is { } other)
            throw new InvalidDataException($"The first pair is {maps[0].Width}x{maps[0].Height}, another is {other.Width}x{other.Height}; all pairs have one size.");

        var rig = calibration?.Rectification is null ? null : calibration;
        var planes = maps.Select(map => DisparityPlane.Fit(map, region)).ToArray();
        var metric = planes.Select((plane, i) => plane is null || rig is null ? null : MetricPlane.From(plane, maps[i], region, rig)).ToArray();
        var distance = Median.Of(metric.Select(plane => plane?.DistanceMetres));
        var (noisePx, noiseMillimetres) = TemporalNoise.Of(maps, region, rig);
        return new DepthQuality(
            maps.Count, Median.Of(maps.Select(map => (double?)FillRate(map, region)))!.Value,
            Median.Of(planes.Select(plane => plane?.RmsPx)), Median.Of(metric.Select(plane => plane?.RmsMillimetres)),
            Median.Of(planes.Select(plane => plane?.OutliersPercent)), distance,
            (distance - knownDistanceMetres) * 1000, (distance - knownDistanceMetres) / knownDistanceMetres * 100, noisePx, noiseMillimetres);
    }

    private static double FillRate(DisparityMap map, Rect region)
    {
        var valid = 0;
        for (var y = region.Y; y < region.Bottom; y++)
            foreach (var value in map.Row(y)[region.X..region.Right])
                valid += map.IsValid(value) ? 1 : 0;
        return 100.0 * valid / ((double)region.Width * region.Height);
    }
}
