using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

/// <summary>
/// A rig whose every number is known, with distortion and a rotation between the cameras. Its pictures are made here with
/// a camera model of our own (pinhole, Brown's distortion), not with OpenCV, so that they check it.
/// </summary>
internal static class MadeUpRig
{
    public const int Width = 320;
    public const int Height = 240;
    public const double BaselineMetres = 0.0650;

    public static readonly StereoCameras Cameras = new(
        new double[,] { { 250, 0, 161.5 }, { 0, 251, 118.5 }, { 0, 0, 1 } },
        [-0.08, 0.03, 0.001, -0.0005, 0],
        new double[,] { { 253, 0, 158 }, { 0, 252, 114.5 }, { 0, 0, 1 } },
        [-0.07, 0.02, -0.0008, 0.0004, 0],
        Rotation(0.01, -0.02, 0.015),
        [-0.065, 0.001, 0.0008]);

    public static StereoCalibration Calibration() => StereoCalibration.FromCameras(Width, Height, Cameras);

    /// <summary>A point of the left camera's frame in the right one's: R * X + T.</summary>
    public static double[] ToRight(double[] point) => Enumerable.Range(0, 3)
        .Select(i => Cameras.R[i, 0] * point[0] + Cameras.R[i, 1] * point[1] + Cameras.R[i, 2] * point[2] + Cameras.T[i]).ToArray();

    /// <summary>Where a camera sees a point of its own frame, px.</summary>
    public static (double X, double Y) Project(double[,] k, double[] d, double[] point)
    {
        var (x, y) = Distort(d, point[0] / point[2], point[1] / point[2]);
        return (k[0, 0] * x + k[0, 2], k[1, 1] * y + k[1, 2]);
    }

    /// <summary>The grey picture that a camera takes of a wall at z = depth of the left camera's frame, patterned by <see cref="Pattern"/>.</summary>
    public static byte[] PictureOfWall(bool right, double depthMetres)
    {
        var (k, d) = right ? (Cameras.K2, Cameras.D2) : (Cameras.K1, Cameras.D1);
        var pixels = new Bgr[Width * Height];
        for (var v = 0; v < Height; v++)
            for (var u = 0; u < Width; u++)
            {
                var (x, y) = Undistort(d, (u - k[0, 2]) / k[0, 0], (v - k[1, 2]) / k[1, 1]);
                double[] origin = [0, 0, 0], ray = [x, y, 1];
                if (right)
                    (origin, ray) = (TurnBack([-Cameras.T[0], -Cameras.T[1], -Cameras.T[2]]), TurnBack(ray));
                var t = (depthMetres - origin[2]) / ray[2];
                var grey = Pattern((origin[0] + t * ray[0]) / depthMetres, (origin[1] + t * ray[1]) / depthMetres);
                pixels[v * Width + u] = new Bgr(grey, grey, grey);
            }
        return new ColourPicture(Width, Height, pixels).EncodeJpeg(95);
    }

    public static double[,] Rotation(double x, double y, double z)
    {
        // Rodrigues: R = I + sin(a) K + (1 - cos(a)) K^2, K the cross product with the unit axis.
        var a = Math.Sqrt(x * x + y * y + z * z);
        (x, y, z) = (x / a, y / a, z / a);
        var (s, c) = Math.SinCos(a);
        return new[,]
        {
            { c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s },
            { y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s },
            { z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c) },
        };
    }

    /// <summary>Smooth noise without a period, 20..235: random values on a grid of 2.5 px, blended.</summary>
    private static byte Pattern(double x, double y)
    {
        var (gx, gy) = (x * 100 + 1000, y * 100 + 1000);
        var (ix, iy) = ((int)gx, (int)gy);
        var (fx, fy) = (gx - ix, gy - iy);
        (fx, fy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy));
        var value = (1 - fy) * ((1 - fx) * Noise(ix, iy) + fx * Noise(ix + 1, iy)) + fy * ((1 - fx) * Noise(ix, iy + 1) + fx * Noise(ix + 1, iy + 1));
        return (byte)(20 + 215 * value);
    }

    private static double Noise(int x, int y)
    {
        var hash = (uint)(x * 374761393 + y * 668265263);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        return (hash ^ (hash >> 16)) / (double)uint.MaxValue;
    }

    private static double[] TurnBack(double[] v) =>
        Enumerable.Range(0, 3).Select(i => Cameras.R[0, i] * v[0] + Cameras.R[1, i] * v[1] + Cameras.R[2, i] * v[2]).ToArray();

    private static (double X, double Y) Distort(double[] d, double x, double y)
    {
        var r2 = x * x + y * y;
        var radial = 1 + d[0] * r2 + d[1] * r2 * r2 + d[4] * r2 * r2 * r2;
        return (x * radial + 2 * d[2] * x * y + d[3] * (r2 + 2 * x * x), y * radial + d[2] * (r2 + 2 * y * y) + 2 * d[3] * x * y);
    }

    private static (double X, double Y) Undistort(double[] d, double x, double y)
    {
        var (ux, uy) = (x, y);
        for (var i = 0; i < 20; i++)
        {
            var (dx, dy) = Distort(d, ux, uy);
            (ux, uy) = (ux + x - dx, uy + y - dy);
        }
        return (ux, uy);
    }
}
