using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>One eye's camera, from views of the board.</summary>
/// <param name="K">Camera matrix, 3x3, px.</param>
/// <param name="D">As many coefficients as the solver works on: 5, or 14 of which 8 are used.</param>
/// <param name="Model">What the coefficients mean.</param>
/// <param name="RmsPx">Reprojection error over all corners.</param>
/// <param name="Poses">The board in the eye's frame, view by view.</param>
internal sealed record SolvedEye(double[,] K, double[] D, LensModel Model, double RmsPx, Pose[] Poses)
{
    // A fisheye's coefficients are far from 0, where the solver begins; from a camera that is known a few steps do. In shares of the parameters' norm.
    private static readonly TermCriteria FromNothing = TermCriteria.Both(100, 1e-9);
    private static readonly TermCriteria FromNear = TermCriteria.Both(20, 1e-8);

    /// <summary>The coefficients that are in use.</summary>
    public double[] Coefficients => D[..(Model == LensModel.Rational ? 8 : 5)];

    public Lens Lens => new(K, Coefficients);

    public CalibrationFlags Flags => FlagsOf(Model);

    /// <summary>cv::calibrateCamera; with <paramref name="start"/>, from the camera of an earlier solve.</summary>
    public static SolvedEye Solve(IReadOnlyList<Point2f[]> views, ChessBoard board, Size picture, LensModel model, SolvedEye? start = null)
    {
        var points = Enumerable.Repeat(BoardPoints(board), views.Count);
        var k = (double[,]?)start?.K.Clone() ?? new double[3, 3];
        // With the rational model the solver gives 14 coefficients back, and gives them nowhere when there is room for 8.
        var d = (double[]?)start?.D.Clone() ?? new double[model == LensModel.Rational ? 14 : 5];
        var flags = FlagsOf(model) | (start is null ? CalibrationFlags.None : CalibrationFlags.UseIntrinsicGuess);
        var rms = Cv2.CalibrateCamera(points, views, picture, k, d, out var rotations, out var translations, flags, start is null ? FromNothing : FromNear);
        return new SolvedEye(k, d, model, rms, [.. rotations.Zip(translations, Pose.From)]);
    }

    /// <summary>The corners in the board's plane, metres, as the solver takes them.</summary>
    public static Point3f[] BoardPoints(ChessBoard board) =>
    [
        .. Enumerable.Range(0, board.Columns * board.Rows)
            .Select(i => new Point3f((float)(i % board.Columns * board.SquareMetres), (float)(i / board.Columns * board.SquareMetres), 0)),
    ];

    /// <summary>The RMS distance, px, between corners that were seen and those that a pose foretells.</summary>
    public double Error(Point2f[] seen, Pose pose, Point3f[] board)
    {
        var (lens, sum) = (Lens, 0.0);
        for (var i = 0; i < seen.Length; i++)
        {
            var (x, y, z) = pose.Apply((board[i].X, board[i].Y, board[i].Z));
            var (u, v) = lens.Project(x, y, z);
            sum += ((u - seen[i].X) * (u - seen[i].X)) + ((v - seen[i].Y) * (v - seen[i].Y));
        }
        return Math.Sqrt(sum / seen.Length);
    }

    private static CalibrationFlags FlagsOf(LensModel model) => model == LensModel.Rational ? CalibrationFlags.RationalModel : CalibrationFlags.None;
}
