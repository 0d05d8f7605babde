using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Finds pairs that do not fit the rig that the others agree on, and says what is likely wrong with each.</summary>
internal sealed class PairOutliers(IReadOnlyList<BoardPair> pairs, SolvedEye left, SolvedEye right, ChessBoard board, Size picture)
{
    // A pair is set aside when it is so many times worse than the middle one, and by more than the detector's own scatter.
    private const double TimesMedian = 3.5;
    private const double EyeScatterPx = 0.6;
    private const double PairScatterPx = 1;
    private const double LineScatterPx = 0.6;
    private const double CertainPx = 5;
    private const double MovedPx = 15;
    private const double WorstOverNext = 3;

    private readonly Point3f[] points = SolvedEye.BoardPoints(board);
    private readonly double scale = Math.Max(0.75, Math.Max(picture.Width, picture.Height) / 640.0);

    /// <summary>The pairs that agree roughly on how the eyes stand, judged by the one of them with which most agree.</summary>
    public List<BoardPair> Agreeing()
    {
        var standing = pairs.Select((_, i) => Standing(i)).ToArray();
        var errors = standing.Select(pose => Enumerable.Range(0, pairs.Count).Select(i => PairError(i, pose)).ToArray()).ToArray();
        var best = errors.MinBy(Median)!;
        // One view alone tells the standing roughly; what is far beyond that is not the same rig.
        var limit = Math.Max(6 * Median(best), 5 * scale);
        return [.. pairs.Where((_, i) => best[i] <= limit)];
    }

    /// <summary>The pairs to set aside, now that it is known how the eyes stand.</summary>
    public IEnumerable<DroppedPair> Find(Pose leftToRight)
    {
        var lefts = pairs.Select((pair, i) => left.Error(pair.Left, left.Poses[i], points)).ToArray();
        var rights = pairs.Select((pair, i) => right.Error(pair.Right, right.Poses[i], points)).ToArray();
        var both = pairs.Select((_, i) => PairError(i, leftToRight)).ToArray();
        // A board seen from close by foretells the other eye poorly, but never beside its epipolar lines: what is doubtful must fail both.
        var lines = pairs.Select((pair, i) => EpipolarError(pair, leftToRight)).ToArray();
        var pairLimit = Limit(both, PairScatterPx);
        var (lineLimit, certain) = (Limit(lines, LineScatterPx), Math.Max(8 * Median(both), CertainPx * scale));
        for (var i = 0; i < pairs.Count; i++)
            if (both[i] < certain && lines[i] < lineLimit)
                both[i] = 0;
        var (leftLimit, rightLimit, limit) = (Limit(lefts, EyeScatterPx), Limit(rights, EyeScatterPx), Math.Min(certain, pairLimit));
        var excess = pairs.Select((_, i) => Math.Max(both[i] / limit, Math.Max(lefts[i] / leftLimit, rights[i] / rightLimit))).ToArray();
        // A bad pair bends the rig towards itself, and good ones look worse for it: those far behind the worst one get another hearing without it.
        var hearing = Math.Max(1, excess.Max() / WorstOverNext);
        for (var i = 0; i < pairs.Count; i++)
            if (excess[i] > 1 && excess[i] >= hearing)
                yield return new DroppedPair(pairs[i].Name, both[i] > limit
                    ? Misfit(i, leftToRight, both[i], limit)
                    : BadPicture(lefts[i] / leftLimit > rights[i] / rightLimit ? ("left", lefts, i) : ("right", rights, i)));
    }

    private string Misfit(int i, Pose leftToRight, double error, double limit)
    {
        var own = Standing(i);
        // The corners of a picture that stands upside down, where they would have been.
        Point2f[] upright = [.. BoardGrid.HalfTurn(pairs[i].Right).Select(corner => new Point2f(picture.Width - 1 - corner.X, picture.Height - 1 - corner.Y))];
        var foretold = Foretold(i, leftToRight);
        if (right.Error(upright, foretold, points) < Math.Max(limit, MovedPx * scale) || right.Error(BoardGrid.HalfTurn(pairs[i].Right), foretold, points) < limit)
            return "one of its pictures is turned by 180 degrees";
        if (own.T[0] * leftToRight.T[0] < 0 && Math.Abs(own.T[0] + leftToRight.T[0]) < 0.3 * Math.Abs(leftToRight.T[0]))
            return "its left and its right picture are exchanged";
        return error < MovedPx * scale
            ? $"its eyes disagree by {error:0.0} px: the board or the rig moved between the two shots"
            : $"its eyes disagree by {error:0} px: the pictures are of different moments, or of another rig";
    }

    private static string BadPicture((string Eye, double[] Errors, int At) of) =>
        $"the corners of its {of.Eye} picture are {of.Errors[of.At]:0.0} px off where the others have {Median(of.Errors):0.0} px: blurred, a bent board, or another camera";

    private double Limit(double[] errors, double scatter) => Math.Max(TimesMedian * Median(errors), scatter * scale);

    // The right eye's corners against those that the left eye's view of the board foretells.
    private double PairError(int i, Pose leftToRight) => right.Error(pairs[i].Right, Foretold(i, leftToRight), points);

    // How far the right eye's corners are from the epipolar lines of the left one's, px RMS.
    private double EpipolarError(BoardPair pair, Pose leftToRight)
    {
        var (leftLens, rightLens, t) = (left.Lens, right.Lens, leftToRight.T);
        var turn = new Pose(leftToRight.R, [0, 0, 0]);
        return Math.Sqrt(pair.Left.Zip(pair.Right, (l, r) =>
        {
            var (lx, ly) = leftLens.Direction(l.X, l.Y);
            var (rx, ry) = rightLens.Direction(r.X, r.Y);
            var ray = turn.Apply((lx, ly, 1));
            // The plane through both lenses and the corner, by its normal t x ray.
            var (nx, ny, nz) = ((t[1] * ray.Z) - (t[2] * ray.Y), (t[2] * ray.X) - (t[0] * ray.Z), (t[0] * ray.Y) - (t[1] * ray.X));
            var away = ((nx * rx) + (ny * ry) + nz) / Math.Sqrt(((nx * nx) + (ny * ny) + (nz * nz)) * ((rx * rx) + (ry * ry) + 1));
            return away * away * right.K[0, 0] * right.K[0, 0];
        }).Average());
    }

    private Pose Foretold(int i, Pose leftToRight)
    {
        var seen = left.Poses[i];
        var r = new double[3, 3];
        for (var row = 0; row < 3; row++)
            for (var column = 0; column < 3; column++)
                r[row, column] = (leftToRight.R[row, 0] * seen.R[0, column]) + (leftToRight.R[row, 1] * seen.R[1, column]) + (leftToRight.R[row, 2] * seen.R[2, column]);
        var (x, y, z) = leftToRight.Apply((seen.T[0], seen.T[1], seen.T[2]));
        return new Pose(r, [x, y, z]);
    }

    private Pose Standing(int i) => right.Poses[i].After(left.Poses[i]);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
