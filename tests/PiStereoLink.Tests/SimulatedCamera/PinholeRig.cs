namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>The rig as its file describes it, with formulas written from OpenCV's documentation rather than the camera's code.</summary>
internal sealed class PinholeRig(string npz)
{
    private readonly double[] k1 = TruthFiles.Doubles(npz, "K1"), d1 = TruthFiles.Doubles(npz, "D1");
    private readonly double[] k2 = TruthFiles.Doubles(npz, "K2"), d2 = TruthFiles.Doubles(npz, "D2");
    private readonly double[] r = TruthFiles.Doubles(npz, "R"), t = TruthFiles.Doubles(npz, "T");

    public (double U, double V) ProjectLeft(double x, double y, double z) => Project(k1, d1, x / z, y / z);

    /// <summary>The ray of a left pixel, by the fixed point that OpenCV's undistortPoints uses.</summary>
    public (double X, double Y) LeftRay(double u, double v)
    {
        double x0 = (u - k1[2]) / k1[0], y0 = (v - k1[5]) / k1[4], x = x0, y = y0;
        for (var i = 0; i < 100; i++)
        {
            var r2 = x * x + y * y;
            var radial = 1 + d1[0] * r2 + d1[1] * r2 * r2 + d1[4] * r2 * r2 * r2;
            var dx = 2 * d1[2] * x * y + d1[3] * (r2 + 2 * x * x);
            var dy = d1[2] * (r2 + 2 * y * y) + 2 * d1[3] * x * y;
            (x, y) = ((x0 - dx) / radial, (y0 - dy) / radial);
        }
        return (x, y);
    }

    /// <summary>Where the right eye has what a left pixel shows at a depth in metres.</summary>
    public (double U, double V) LeftToRight(double u, double v, double depth)
    {
        var (x, y) = LeftRay(u, v);
        (x, y) = (x * depth, y * depth);
        double X(int row) => r[3 * row] * x + r[3 * row + 1] * y + r[3 * row + 2] * depth + t[row];
        return Project(k2, d2, X(0) / X(2), X(1) / X(2));
    }

    private static (double U, double V) Project(double[] k, double[] d, double x, double y)
    {
        var r2 = x * x + y * y;
        var radial = 1 + d[0] * r2 + d[1] * r2 * r2 + d[4] * r2 * r2 * r2;
        return (k[0] * (x * radial + 2 * d[2] * x * y + d[3] * (r2 + 2 * x * x)) + k[2],
                k[4] * (y * radial + d[2] * (r2 + 2 * y * y) + 2 * d[3] * x * y) + k[5]);
    }
}
