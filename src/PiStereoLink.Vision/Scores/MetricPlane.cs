using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>A plane in metres, from one in disparities.</summary>
/// <param name="DistanceMetres">From the left camera straight to the plane, at a right angle to it.</param>
/// <param name="RmsMillimetres">Root mean square distance of the points from the plane, at a right angle to it, mm.</param>
public sealed record MetricPlane(double DistanceMetres, double RmsMillimetres)
{
    /// <summary>
    /// With u = f X / Z + cx and d = f B / Z + d0, d = A u + B' v + C becomes n P = f B with
    /// n = (f A, f B', A cx + B' cy + C - d0), so the distance is f B / |n|.
    /// </summary>
    /// <param name="plane">Fitted to the map.</param>
    /// <param name="disparity">The map.</param>
    /// <param name="region">Where it was fitted.</param>
    /// <param name="calibration">The rig.</param>
    /// <returns>Null for a plane at infinity.</returns>
    /// <exception cref="InvalidOperationException">The calibration holds maps only.</exception>
    public static MetricPlane? From(DisparityPlane plane, DisparityMap disparity, Rect region, StereoCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(calibration);
        var rig = calibration.RequireRectification();
        var (f, offset) = (rig.FocalLengthPx, rig.FocalLengthPx * rig.BaselineMetres);
        var (nx, ny, nz) = (f * plane.A, f * plane.B, plane.At(rig.CentreX, rig.CentreY) - rig.InfinityDisparityPx);
        var length = Math.Sqrt(nx * nx + ny * ny + nz * nz);
        if (!double.IsFinite(offset / length))
            return null;

        var (squares, points) = (0.0, 0);
        for (var y = region.Y; y < region.Bottom; y++)
        {
            var values = disparity.Row(y);
            for (var x = region.X; x < region.Right; x++)
            {
                var px = values[x] / (double)DisparityMap.Scale;
                if (!disparity.IsValid(values[x]) || Math.Abs(px - plane.At(x, y)) > plane.TolerancePx)
                    continue;
                var z = Depth.FromDisparity(f, rig.BaselineMetres, px - rig.InfinityDisparityPx);
                if (!double.IsFinite(z))
                    continue;
                var off = ((nx * (x - rig.CentreX) / f + ny * (y - rig.CentreY) / f + nz) * z - offset) / length;
                squares += off * off;
                points++;
            }
        }
        return new MetricPlane(offset / length, 1000 * Math.Sqrt(squares / Math.Max(points, 1)));
    }
}
