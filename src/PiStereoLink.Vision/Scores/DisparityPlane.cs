using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// A plane as a rectified rig sees it: d = A u + B v + C, because 1 / Z is linear in u and v on a plane. Fitted by least
/// squares to the disparities of a region, without those that lie off it.
/// </summary>
/// <param name="A">Change of disparity per column, px.</param>
/// <param name="B">Change of disparity per row, px.</param>
/// <param name="C">Disparity at column 0, row 0, px.</param>
/// <param name="RmsPx">Root mean square distance of the disparities from the plane, px.</param>
/// <param name="OutliersPercent">Disparities that were left out, per cent of all in the region.</param>
/// <param name="TolerancePx">What lay farther from the plane than this was left out.</param>
public sealed record DisparityPlane(double A, double B, double C, double RmsPx, double OutliersPercent, double TolerancePx)
{
    // Three standard deviations of the middle of the errors; 1.4826 makes one of a median of absolute errors.
    private const double Deviations = 3 * 1.4826;
    private const double LeastTolerancePx = 2.0 / DisparityMap.Scale;
    private const int Rounds = 8;
    private const int LeastPixels = 16;

    /// <summary>The disparity of the plane at a pixel, px.</summary>
    public double At(double column, double row) => A * column + B * row + C;

    /// <summary>Fits a plane; null where the region has too few disparities.</summary>
    public static DisparityPlane? Fit(DisparityMap disparity, Rect region)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        var pixels = Pixels(disparity, region);
        var plane = Solve(pixels, new DisparityPlane(0, 0, 0, 0, 0, double.PositiveInfinity));
        for (var round = 0; round < Rounds && plane is not null; round++)
        {
            var errors = pixels.ConvertAll(p => Math.Abs(p.Disparity - plane.At(p.Column, p.Row)));
            errors.Sort();
            plane = Solve(pixels, plane with { TolerancePx = Math.Max(LeastTolerancePx, Deviations * errors[errors.Count / 2]) });
        }
        return plane;
    }

    private static List<(double Column, double Row, double Disparity)> Pixels(DisparityMap disparity, Rect region)
    {
        var pixels = new List<(double, double, double)>();
        for (var y = region.Y; y < region.Bottom; y++)
        {
            var values = disparity.Row(y);
            for (var x = region.X; x < region.Right; x++)
                if (disparity.IsValid(values[x]))
                    pixels.Add((x, y, values[x] / (double)DisparityMap.Scale));
        }
        return pixels;
    }

    /// <summary>Least squares over the pixels within the tolerance of an earlier plane, about their centre of mass.</summary>
    private static DisparityPlane? Solve(List<(double Column, double Row, double Disparity)> all, DisparityPlane earlier)
    {
        var near = all.FindAll(p => Math.Abs(p.Disparity - earlier.At(p.Column, p.Row)) <= earlier.TolerancePx);
        if (near.Count < LeastPixels)
            return null;
        var (u, v, d) = (near.Average(p => p.Column), near.Average(p => p.Row), near.Average(p => p.Disparity));
        double uu = 0, uv = 0, vv = 0, ud = 0, vd = 0;
        foreach (var (column, row, disparity) in near)
        {
            var (x, y, z) = (column - u, row - v, disparity - d);
            (uu, uv, vv, ud, vd) = (uu + x * x, uv + x * y, vv + y * y, ud + x * z, vd + y * z);
        }
        var determinant = uu * vv - uv * uv;
        if (determinant <= 1e-9 * uu * vv)   // all on one line
            return null;
        var (a, b) = ((ud * vv - vd * uv) / determinant, (vd * uu - ud * uv) / determinant);
        var plane = earlier with { A = a, B = b, C = d - a * u - b * v, OutliersPercent = 100.0 * (all.Count - near.Count) / all.Count };
        return plane with { RmsPx = Math.Sqrt(near.Average(p => Math.Pow(p.Disparity - plane.At(p.Column, p.Row), 2))) };
    }
}
