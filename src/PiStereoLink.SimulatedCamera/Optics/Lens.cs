namespace PiStereoLink.SimulatedCamera.Optics;

/// <summary>A pinhole with Brown's distortion: focal lengths and centre in pixels, coefficients as OpenCV orders them.</summary>
internal sealed record Lens(double Fx, double Fy, double Cx, double Cy, double K1, double K2, double P1, double P2, double K3)
{
    // Newton lands in 3 or 4 steps anywhere in the picture; the bound only guards a lens that folds over.
    private const int MaxSteps = 12;
    private const double Settled = 1e-12;

    /// <summary>The camera matrix, row by row.</summary>
    public double[] Matrix => [Fx, 0, Cx, 0, Fy, Cy, 0, 0, 1];

    /// <summary>k1, k2, p1, p2, k3.</summary>
    public double[] Distortion => [K1, K2, P1, P2, K3];

    /// <summary>The pixel at which a ray (x, y, 1) arrives.</summary>
    public (double U, double V) Project(double x, double y)
    {
        var (xd, yd) = Distort(x, y);
        return (Fx * xd + Cx, Fy * yd + Cy);
    }

    /// <summary>The ray (x, y, 1) that arrives at a pixel; whole numbers are pixel centres.</summary>
    public (double X, double Y) Ray(double u, double v)
    {
        double xd = (u - Cx) / Fx, yd = (v - Cy) / Fy;
        double x = xd, y = yd;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (ex, ey) = Distort(x, y);
            ex -= xd;
            ey -= yd;
            if (ex * ex + ey * ey < Settled * Settled)
                break;
            var r2 = x * x + y * y;
            var radial = 1 + r2 * (K1 + r2 * (K2 + r2 * K3));
            var slope = 2 * (K1 + r2 * (2 * K2 + r2 * 3 * K3));
            var xx = radial + x * x * slope + 2 * P1 * y + 6 * P2 * x;
            var yy = radial + y * y * slope + 6 * P1 * y + 2 * P2 * x;
            var xy = x * y * slope + 2 * P1 * x + 2 * P2 * y;
            var determinant = xx * yy - xy * xy;
            x -= (yy * ex - xy * ey) / determinant;
            y -= (xx * ey - xy * ex) / determinant;
        }
        return (x, y);
    }

    private (double X, double Y) Distort(double x, double y)
    {
        var r2 = x * x + y * y;
        var radial = 1 + r2 * (K1 + r2 * (K2 + r2 * K3));
        return (x * radial + 2 * P1 * x * y + P2 * (r2 + 2 * x * x),
                y * radial + P1 * (r2 + 2 * y * y) + 2 * P2 * x * y);
    }
}
