namespace PiStereoLink.Tests.Calibration;

/// <summary>A camera model of the tests' own: pinhole with Brown's distortion, or an equidistant fisheye.</summary>
/// <param name="Focal">Focal length, px, in both directions.</param>
/// <param name="CentreX">Principal point, px.</param>
/// <param name="CentreY">Principal point, px.</param>
/// <param name="Distortion">k1 k2 p1 p2 k3; empty for the equidistant fisheye, whose radius in the picture is focal length times angle.</param>
internal sealed record RenderedEye(double Focal, double CentreX, double CentreY, double[] Distortion)
{
    public bool IsFisheye => Distortion.Length == 0;

    /// <summary>Where the eye sees a point of its own frame, px.</summary>
    public (double X, double Y) Project(double[] point)
    {
        var (x, y) = Distort(point[0] / point[2], point[1] / point[2]);
        return ((Focal * x) + CentreX, (Focal * y) + CentreY);
    }

    /// <summary>The direction (x, y, 1) from which a pixel is lit.</summary>
    public (double X, double Y) Ray(double u, double v)
    {
        var (x, y) = ((u - CentreX) / Focal, (v - CentreY) / Focal);
        if (IsFisheye)
        {
            var angle = Math.Sqrt((x * x) + (y * y));
            var scale = angle < 1e-9 ? 1 : Math.Tan(Math.Min(angle, 1.5)) / angle;
            return (x * scale, y * scale);
        }
        // Newton's method with a numeric slope: a strong barrel does not converge by substitution.
        var (ux, uy) = (x, y);
        for (var i = 0; i < 30; i++)
        {
            const double h = 1e-6;
            var (fx, fy) = Distort(ux, uy);
            var (ax, ay) = Distort(ux + h, uy);
            var (bx, by) = Distort(ux, uy + h);
            var (a, b, c, d) = ((ax - fx) / h, (bx - fx) / h, (ay - fy) / h, (by - fy) / h);
            var (ex, ey) = (x - fx, y - fy);
            var determinant = (a * d) - (b * c);
            (ux, uy) = (ux + (((d * ex) - (b * ey)) / determinant), uy + (((a * ey) - (c * ex)) / determinant));
        }
        return (ux, uy);
    }

    private (double X, double Y) Distort(double x, double y)
    {
        var r2 = (x * x) + (y * y);
        if (IsFisheye)
        {
            var r = Math.Sqrt(r2);
            var scale = r < 1e-9 ? 1 : Math.Atan(r) / r;
            return (x * scale, y * scale);
        }
        var d = Distortion;
        var radial = 1 + (d[0] * r2) + (d[1] * r2 * r2) + (d[4] * r2 * r2 * r2);
        return ((x * radial) + (2 * d[2] * x * y) + (d[3] * (r2 + (2 * x * x))), (y * radial) + (d[2] * (r2 + (2 * y * y))) + (2 * d[3] * x * y));
    }
}
