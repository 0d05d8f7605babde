using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Two solved eyes and how they stand.</summary>
internal sealed record StereoSolve(SolvedEye Left, SolvedEye Right, Pose LeftToRight, double RmsPx)
{
    /// <summary>cv::stereoCalibrate with the eyes held as they were found.</summary>
    public static StereoSolve Solve(IReadOnlyList<BoardPair> pairs, SolvedEye left, SolvedEye right, ChessBoard board, Size picture)
    {
        using Mat r = new(), t = new(), e = new(), f = new();
        var points = Enumerable.Repeat(SolvedEye.BoardPoints(board), pairs.Count);
        // The lens model must be named here too, or all coefficients after the fifth are taken for 0.
        var rms = Cv2.StereoCalibrate(
            points, pairs.Select(pair => pair.Left), pairs.Select(pair => pair.Right), (double[,])left.K.Clone(), (double[])left.D.Clone(),
            (double[,])right.K.Clone(), (double[])right.D.Clone(), picture, r, t, e, f, CalibrationFlags.FixIntrinsic | left.Flags, TermCriteria.Both(100, 1e-7));
        var translation = Matrices.FromMat(t);
        return new StereoSolve(left, right, new Pose(Matrices.FromMat(r), [translation[0, 0], translation[1, 0], translation[2, 0]]), rms);
    }

    public StereoCameras Cameras => new(Left.K, Left.Coefficients, Right.K, Right.Coefficients, LeftToRight.R, LeftToRight.T);

    /// <summary>How far apart the rows are, px RMS, in which the rectified eyes see one corner.</summary>
    public static double RowError(BoardPair pair, StereoCameras cameras, Rectification rectified)
    {
        var (left, right) = (Rows(pair.Left, cameras.K1, cameras.D1, rectified.R1, rectified.P1), Rows(pair.Right, cameras.K2, cameras.D2, rectified.R2, rectified.P2));
        return Math.Sqrt(left.Zip(right, (a, b) => (a - b) * (a - b)).Average());
    }

    private static IEnumerable<double> Rows(Point2f[] corners, double[,] k, double[] d, double[,] r, double[,] p)
    {
        var (lens, turn) = (new Lens(k, d), new Pose(r, [0, 0, 0]));
        return corners.Select(corner =>
        {
            var (x, y) = lens.Direction(corner.X, corner.Y);
            var turned = turn.Apply((x, y, 1));
            return (p[1, 1] * turned.Y / turned.Z) + p[1, 2];
        });
    }
}
