using OpenCvSharp;

namespace PiStereoLink.Tests.Calibration;

/// <summary>Takes pictures of a chessboard: 4x4 samples a pixel, blur, noise (standard deviation, grey levels).</summary>
internal sealed class BoardRenderer(RenderedRig rig, bool right)
{
    private const int Samples = 4;

    // Rays through the corners of the pixels; those between are interpolated.
    private readonly (double X, double Y)[] rays = Rays(rig, right ? rig.Right : rig.Left);

    /// <summary>A new grey picture; the caller disposes it.</summary>
    public Mat Render((double[,] R, double[] T) pose, int seed, double blur = 0.7, double noise = 2)
    {
        var (width, height) = (rig.Width, rig.Height);
        var square = rig.Board.SquareMetres;
        // The board's plane in the eye's frame: origin o and two edges; a ray d hits it where o + x a + y b = s d.
        var o = rig.InEye(pose.R, pose.T, right, 0, 0);
        var a = Minus(rig.InEye(pose.R, pose.T, right, square, 0), o);
        var b = Minus(rig.InEye(pose.R, pose.T, right, 0, square), o);
        var values = new double[width * height];
        for (var v = 0; v < height; v++)
            for (var u = 0; u < width; u++)
            {
                var middle = Hit(RayAt(u, v, 0.5, 0.5), o, a, b);
                var sum = 0.0;
                // Far from the board every sample is wall.
                var samples = Math.Abs(middle.X) + Math.Abs(middle.Y) > 40 ? 1 : Samples;
                for (var i = 0; i < samples * samples; i++)
                    sum += Shade(Hit(RayAt(u, v, ((i % samples) + 0.5) / samples, ((i / samples) + 0.5) / samples), o, a, b));
                values[(v * width) + u] = sum / (samples * samples);
            }
        return ToPicture(Blurred(values, width, height, blur), width, height, noise, new Random(seed));
    }

    // The board: a white sheet one and a half squares beyond the outer squares' middle, on a dark wall.
    private double Shade((double X, double Y) at)
    {
        var (columns, rows) = (rig.Board.Columns, rig.Board.Rows);
        if (at.X < -1.6 || at.Y < -1.6 || at.X > columns + 0.6 || at.Y > rows + 0.6)
            return 90;
        if (at.X < -1 || at.Y < -1 || at.X > columns || at.Y > rows)
            return 215;
        return ((int)Math.Floor(at.X) + (int)Math.Floor(at.Y)) % 2 == 0 ? 35 : 215;
    }

    private static (double X, double Y) Hit((double X, double Y) ray, double[] o, double[] a, double[] b)
    {
        // Cramer's rule on [a b -d] (x y s)^T = -o with d = (ray, 1).
        var (nx, ny, nz) = ((a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0]));
        var s = ((nx * o[0]) + (ny * o[1]) + (nz * o[2])) / ((nx * ray.X) + (ny * ray.Y) + nz);
        if (!(s > 0))
            return (double.MaxValue, 0);
        var (px, py, pz) = ((s * ray.X) - o[0], (s * ray.Y) - o[1], s - o[2]);
        var (aa, bb) = ((a[0] * a[0]) + (a[1] * a[1]) + (a[2] * a[2]), (b[0] * b[0]) + (b[1] * b[1]) + (b[2] * b[2]));
        return (((px * a[0]) + (py * a[1]) + (pz * a[2])) / aa, ((px * b[0]) + (py * b[1]) + (pz * b[2])) / bb);
    }

    private (double X, double Y) RayAt(int u, int v, double fx, double fy)
    {
        var at = (v * (rig.Width + 1)) + u;
        var (a, b, c, d) = (rays[at], rays[at + 1], rays[at + rig.Width + 1], rays[at + rig.Width + 2]);
        var (wa, wb, wc, wd) = ((1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy);
        return ((wa * a.X) + (wb * b.X) + (wc * c.X) + (wd * d.X), (wa * a.Y) + (wb * b.Y) + (wc * c.Y) + (wd * d.Y));
    }

    private static (double X, double Y)[] Rays(RenderedRig rig, RenderedEye eye) =>
    [
        .. Enumerable.Range(0, (rig.Width + 1) * (rig.Height + 1)).AsParallel().AsOrdered()
            .Select(i => eye.Ray((i % (rig.Width + 1)) - 0.5, (i / (rig.Width + 1)) - 0.5)),
    ];

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

    private static double[] Blurred(double[] values, int width, int height, double sigma)
    {
        var reach = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var total = kernel.Sum();
        var (once, twice) = (new double[values.Length], new double[values.Length]);
        for (var i = 0; i < values.Length; i++)
            for (var k = -reach; k <= reach; k++)
                once[i] += kernel[k + reach] / total * values[i - (i % width) + Math.Clamp((i % width) + k, 0, width - 1)];
        for (var i = 0; i < values.Length; i++)
            for (var k = -reach; k <= reach; k++)
                twice[i] += kernel[k + reach] / total * once[(Math.Clamp((i / width) + k, 0, height - 1) * width) + (i % width)];
        return twice;
    }

    private static Mat ToPicture(double[] values, int width, int height, double noise, Random random)
    {
        var picture = new Mat(height, width, MatType.CV_8UC1);
        for (var v = 0; v < height; v++)
        {
            var row = picture.RowSpan<byte>(v);
            for (var u = 0; u < width; u++)
            {
                // Three evenly distributed numbers make a normal one, near enough; their sum varies by a half.
                var sum = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
                row[u] = (byte)Math.Clamp(values[(v * width) + u] + (noise * sum) + 0.5, 0, 255);
            }
        }
        return picture;
    }
}
