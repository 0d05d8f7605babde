using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// From pairs of boards to a calibration: each eye alone, then how they stand to each other; pairs that do not fit are set
/// aside and everything is solved again without them.
/// </summary>
public static class StereoCalibrator
{
    /// <summary>Fewer views do not fix a camera.</summary>
    public const int FewestPairs = 3;

    private const int MostRounds = 10;

    /// <summary>Solves. The eyes may be counted differently where the board looks alike both ways; that is put right here.</summary>
    /// <param name="found">Pairs with all corners in both eyes.</param>
    /// <param name="board">The board, its square in metres: all lengths come from it.</param>
    /// <param name="picture">The size of every picture.</param>
    /// <param name="alpha">0: every rectified pixel shows the scene; 1: no pixel of the pictures is lost.</param>
    /// <param name="cancellationToken">Asked between the solves.</param>
    /// <exception cref="InvalidDataException">The pairs give no rig of two cameras side by side; the sentence says what to do.</exception>
    public static CalibrationResult Solve(IReadOnlyList<BoardPair> found, ChessBoard board, Size picture, double alpha = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        var dropped = new List<DroppedPair>();
        var pairs = Upright(found, board, dropped);
        Require(pairs, dropped, found.Count);
        var eyes = LensChoice.Solve(pairs, board, picture);
        for (var round = 1; ; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outliers = new PairOutliers(pairs, eyes.Left, eyes.Right, board, picture);
            var solved = StereoSolve.Solve(outliers.Agreeing(), eyes.Left, eyes.Right, board, picture);
            var bad = round <= MostRounds ? outliers.Find(solved.LeftToRight).ToDictionary(pair => pair.Pair) : [];
            if (bad.Count == 0)
                return Finish(solved, pairs, dropped, board, picture, alpha);
            dropped.AddRange(bad.Values);
            pairs = [.. pairs.Where(pair => !bad.ContainsKey(pair.Name))];
            Require(pairs, dropped, found.Count);
            cancellationToken.ThrowIfCancellationRequested();
            eyes = LensChoice.Solve(pairs, board, picture);
        }
    }

    private static List<BoardPair> Upright(IReadOnlyList<BoardPair> found, ChessBoard board, List<DroppedPair> dropped)
    {
        var alike = found.Select(pair => pair with { Right = BoardGrid.TurnLike(pair.Left, pair.Right, board) }).ToArray();
        var turned = alike.Where(pair => BoardGrid.IsTurned(pair.Left, pair.Right, board)).ToHashSet();
        if (turned.Count > found.Count / 2)
            throw new InvalidDataException(
                $"In {turned.Count} of {found.Count} pairs one eye sees the board upside down: one camera is mounted the other way round. Turn its pictures by 180 degrees (for a Pi: --hflip --vflip) and take the pairs again.");
        dropped.AddRange(turned.Select(pair => new DroppedPair(pair.Name, "one of its pictures is turned by 180 degrees")));
        return [.. alike.Where(pair => !turned.Contains(pair))];
    }

    private static CalibrationResult Finish(StereoSolve solved, List<BoardPair> pairs, List<DroppedPair> dropped, ChessBoard board, Size picture, double alpha)
    {
        var cameras = solved.Cameras;
        if (cameras.T[0] > Math.Abs(cameras.T[1]))
            throw new InvalidDataException(
                $"These pictures put the right camera {cameras.T[0]:0.000} m to the left of the left one: the eyes are exchanged. Give the pictures of --left as --right and those of --right as --left.");
        var calibration = StereoCalibration.FromCameras(picture.Width, picture.Height, cameras, solved.RmsPx, board, alpha);
        var rows = pairs.Select(pair => StereoSolve.RowError(pair, cameras, calibration.Rectification!)).ToArray();
        var (left, right) = (BoardCoverage.Of([.. pairs.Select(pair => pair.Left)], board, picture), BoardCoverage.Of([.. pairs.Select(pair => pair.Right)], board, picture));
        return new CalibrationResult(
            calibration, solved.Left.Model, pairs, dropped, solved.Left.RmsPx, solved.Right.RmsPx, solved.RmsPx, Math.Sqrt(rows.Average(row => row * row)),
            new BoardCoverage(Math.Min(left.X, right.X), Math.Min(left.Y, right.Y), Math.Min(left.Size, right.Size), Math.Min(left.Skew, right.Skew), Math.Min(left.Area, right.Area)),
            solved.Left.Lens.IsSound(picture) && solved.Right.Lens.IsSound(picture));
    }

    private static void Require(List<BoardPair> pairs, List<DroppedPair> dropped, int found)
    {
        if (pairs.Count >= FewestPairs)
            return;
        var why = dropped.Count == 0 ? "" : $" The others do not fit, the first because {dropped[0].Reason}.";
        throw new InvalidDataException($"{pairs.Count} of {found} pairs can be used, and {FewestPairs} are the fewest that fix two cameras.{why} Take 20 or more, the board in every part of the picture, near and far, tilted.");
    }
}
