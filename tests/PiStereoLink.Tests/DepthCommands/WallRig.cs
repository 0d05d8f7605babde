using PiStereoLink.Vision;

namespace PiStereoLink.Tests.DepthCommands;

/// <summary>
/// Two parallel cameras without distortion before a textured wall at a right angle to them, rendered ray by ray with
/// geometry of its own: 640x480, f = 600 px, 0.1 m apart. At Z metres the disparity is 60 / Z px.
/// </summary>
internal static class WallRig
{
    public const int Width = 640;
    public const int Height = 480;
    private const double Focal = 600;
    private const double Baseline = 0.1;

    public static byte[] Calibration()
    {
        double[,] k = { { Focal, 0, 319.5 }, { 0, Focal, 239.5 }, { 0, 0, 1 } };
        using var bytes = new MemoryStream();
        StereoCalibration.FromCameras(Width, Height, new StereoCameras(
            k, [0, 0, 0, 0, 0], k, [0, 0, 0, 0, 0], new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, [-Baseline, 0, 0])).Write(bytes);
        return bytes.ToArray();
    }

    /// <summary>What a camera takes; <paramref name="noise"/> is the seed of a few grey steps of it, 0 for none.</summary>
    public static byte[] Picture(bool right, double depthMetres, int noise = 0)
    {
        var random = new Random(noise + (right ? 1000 : 0));
        var pixels = new Bgr[Width * Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (u, v) = (i % Width, i / Width);
            var x = (u - 319.5) / Focal * depthMetres + (right ? Baseline : 0);
            var y = (v - 239.5) / Focal * depthMetres;
            // A spot of the pattern is 3 px wide, however far the wall is.
            var grey = Pattern(x / depthMetres * 200, y / depthMetres * 200) + (noise == 0 ? 0 : random.Next(-4, 5));
            pixels[i] = new Bgr((byte)grey, (byte)grey, (byte)(grey / 2));
        }
        return new ColourPicture(Width, Height, pixels).EncodeJpeg(98);
    }

    /// <summary>Random values on a grid, blended: 20 to 235.</summary>
    private static int Pattern(double x, double y)
    {
        var (ix, iy) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (fx, fy) = (x - ix, y - iy);
        (fx, fy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy));
        var value = (1 - fy) * ((1 - fx) * Spot(ix, iy) + fx * Spot(ix + 1, iy)) + fy * ((1 - fx) * Spot(ix, iy + 1) + fx * Spot(ix + 1, iy + 1));
        return (int)(20 + 215 * value);
    }

    private static double Spot(int x, int y)
    {
        var hash = (uint)(x * 374761393 + y * 668265263);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        return (hash ^ (hash >> 16)) / (double)uint.MaxValue;
    }
}
