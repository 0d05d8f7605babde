using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>A camera matrix with coefficients: from directions to pixels and back.</summary>
/// <param name="k">Camera matrix, 3x3, px.</param>
/// <param name="d">5 or 8 coefficients in OpenCV's order.</param>
internal sealed class Lens(double[,] k, double[] d)
{
    // tan of 85 degrees: what looks further to the side has no place in a plane picture.
    private const double WidestTangent = 11.4;

    /// <summary>Where a point of the camera's frame is seen, px.</summary>
    public (double X, double Y) Project(double x, double y, double z)
    {
        var (u, v) = Distort(x / z, y / z);
        return ((k[0, 0] * u) + k[0, 2], (k[1, 1] * v) + k[1, 2]);
    }

    /// <summary>The direction (x, y, 1) that is seen at a pixel, by Newton's method: substitution does not end for a strong lens.</summary>
    public (double X, double Y) Direction(double u, double v)
    {
        var (x, y) = ((u - k[0, 2]) / k[0, 0], (v - k[1, 2]) / k[1, 1]);
        // Begins at the right distance from the middle; from there the skew part is small.
        var seen = Math.Sqrt((x * x) + (y * y));
        var scale = seen < 1e-9 ? 1 : Undistorted(seen) / seen;
        var (ux, uy) = (x * scale, y * scale);
        for (var step = 0; step < 10; step++)
        {
            const double h = 1e-6;
            var (fx, fy) = Distort(ux, uy);
            var (ax, ay) = Distort(ux + h, uy);
            var (bx, by) = Distort(ux, uy + h);
            var (xx, xy, yx, yy) = ((ax - fx) / h, (bx - fx) / h, (ay - fy) / h, (by - fy) / h);
            var (ex, ey, determinant) = (x - fx, y - fy, (xx * yy) - (xy * yx));
            if (Math.Abs(determinant) < 1e-12)
                break;
            (ux, uy) = (ux + (((yy * ex) - (xy * ey)) / determinant), uy + (((xx * ey) - (yx * ex)) / determinant));
        }
        return (ux, uy);
    }

    /// <summary>
    /// Whether the lens maps outer directions outwards all over the picture, as glass does. A polynomial that turns back, or a
    /// quotient with a pole, fits the corners that were seen and makes nonsense of the rest.
    /// </summary>
    public bool IsSound(Size picture)
    {
        var rim = new[] { (0, 0), (picture.Width, 0), (0, picture.Height), (picture.Width, picture.Height) }
            .Max(corner => Math.Sqrt(Math.Pow((corner.Item1 - k[0, 2]) / k[0, 0], 2) + Math.Pow((corner.Item2 - k[1, 2]) / k[1, 1], 2)));
        var before = 0.0;
        for (var radius = 0.005; radius < WidestTangent && before < rim; radius += 0.005)
        {
            var seen = radius * Radial(radius * radius);
            if (!(seen > before))
                return false;
            before = seen;
        }
        return true;
    }

    // The first radius that is seen so far out: further out a polynomial may turn back.
    private double Undistorted(double seen)
    {
        const double stride = 0.02;
        var high = stride;
        while (high * Radial(high * high) < seen && high < WidestTangent)
            high += stride;
        var low = high - stride;
        for (var step = 0; step < 30; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = middle * Radial(middle * middle) < seen ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    private double Radial(double r2)
    {
        var above = 1 + (r2 * (d[0] + (r2 * (d[1] + (r2 * d[4])))));
        return d.Length == 5 ? above : above / (1 + (r2 * (d[5] + (r2 * (d[6] + (r2 * d[7]))))));
    }

    private (double X, double Y) Distort(double x, double y)
    {
        var r2 = (x * x) + (y * y);
        var radial = Radial(r2);
        return ((x * radial) + (2 * d[2] * x * y) + (d[3] * (r2 + (2 * x * x))), (y * radial) + (d[2] * (r2 + (2 * y * y))) + (2 * d[3] * x * y));
    }
}
