using OpenCvSharp;
using PiStereoLink.Tests.Vision;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

/// <summary>Two eyes side by side whose every number is known, and the poses at which they can see a whole board.</summary>
internal sealed class RenderedRig(int width, int height, ChessBoard board, double focalPerWidth, double[] distortion, double baseline = 0.065)
{
    // A little different from each other, turned and shifted, as real pairs are.
    private readonly double[,] r = MadeUpRig.Rotation(0.006, -0.012, 0.008);

    public int Width => width;

    public int Height => height;

    public ChessBoard Board => board;

    public double BaselineMetres => Math.Sqrt(Translation.Sum(t => t * t));

    public RenderedEye Left { get; } = new(focalPerWidth * width, (width / 2.0) + (0.005 * width), (height / 2.0) - (0.004 * width), distortion);

    public RenderedEye Right { get; } = new(focalPerWidth * width * 1.006, (width / 2.0) - (0.004 * width), (height / 2.0) + (0.003 * width), distortion);

    private double[] Translation { get; } = [-baseline, 0.0012, -0.0008];

    /// <summary>So many poses that both eyes see whole, each a rotation and a translation of the board in the left eye's frame.</summary>
    public IEnumerable<(double[,] R, double[] T)> Poses(int count, int seed = 1)
    {
        var random = new Random(seed);
        // How wide the rim of the picture looks, as the tangent: a fisheye sees boards far out and from close by.
        var half = Left.Ray(width - 1, Left.CentreY).X;
        for (var (made, tried) = (0, 0); made < count; tried++)
        {
            Assert.True(tried < 100_000, "No pose shows the whole board to both eyes.");
            var z = board.Columns * board.SquareMetres / half * Between(random, 0.5, 1.6);
            var turn = MadeUpRig.Rotation(Between(random, -0.55, 0.55), Between(random, -0.55, 0.55), Between(random, -0.4, 0.4));
            var (cx, cy) = (Between(random, -0.9, 0.9) * half * z, Between(random, -0.9, 0.9) * half * z * height / width);
            double[] middle = [(board.Columns - 1) * board.SquareMetres / 2, (board.Rows - 1) * board.SquareMetres / 2, 0];
            var moved = Turn(turn, middle);
            double[] t = [cx - moved[0], cy - moved[1], z - moved[2]];
            if (!Corners(turn, t, false).All(Inside) || !Corners(turn, t, true).All(Inside))
                continue;
            made++;
            yield return (turn, t);
        }
    }

    /// <summary>Where an eye sees the inner corners, px.</summary>
    public (double X, double Y)[] Corners(double[,] turn, double[] t, bool right) =>
    [
        .. Enumerable.Range(0, board.Columns * board.Rows)
            .Select(i => InEye(turn, t, right, i % board.Columns * board.SquareMetres, i / board.Columns * board.SquareMetres))
            .Select(point => point[2] > 0.02 ? (right ? Right : Left).Project(point) : (-1, -1)),
    ];

    /// <summary>The pair of corners that a detector with this scatter (standard deviation, px) would find.</summary>
    public BoardPair Seen(string name, (double[,] R, double[] T) pose, int seed, double scatter = 0.08)
    {
        var random = new Random(seed);
        Point2f Scattered((double X, double Y) at) => new((float)(at.X + Normal()), (float)(at.Y + Normal()));
        double Normal() => scatter * 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        return new BoardPair(name, [.. Corners(pose.R, pose.T, right: false).Select(Scattered)], [.. Corners(pose.R, pose.T, right: true).Select(Scattered)]);
    }

    /// <summary>As many such pairs as asked for, named 0, 1, 2 ...</summary>
    public List<BoardPair> Seen(int count, int seed = 1) => [.. Poses(count, seed).Select((pose, i) => Seen($"{i}", pose, seed + i))];

    /// <summary>A point of the board's plane in an eye's frame, metres.</summary>
    public double[] InEye(double[,] turn, double[] t, bool right, double x, double y)
    {
        var left = Turn(turn, [x, y, 0]);
        for (var i = 0; i < 3; i++)
            left[i] += t[i];
        return right ? [.. Turn(r, left).Zip(Translation, (a, b) => a + b)] : left;
    }

    private static double Between(Random random, double low, double high) => low + (random.NextDouble() * (high - low));

    private static double[] Turn(double[,] r, double[] v) => [.. Enumerable.Range(0, 3).Select(i => (r[i, 0] * v[0]) + (r[i, 1] * v[1]) + (r[i, 2] * v[2]))];

    // A third of a square of white around the board belongs to it; the detector wants more than a few pixels to the rim.
    private bool Inside((double X, double Y) corner) =>
        corner.X > 0.04 * width && corner.X < 0.96 * width && corner.Y > 0.04 * width && corner.Y < height - (0.04 * width);
}
