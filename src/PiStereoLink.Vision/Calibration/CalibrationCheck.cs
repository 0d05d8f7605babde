using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>How well a calibration fits new pictures. The board is looked for in the rectified pictures, so it is the file's maps that are judged.</summary>
/// <param name="Pairs">Pairs in which both eyes saw the board.</param>
/// <param name="EpipolarErrorPx">How far apart the rows are in which they saw one corner, px RMS.</param>
/// <param name="RowOffsetPx">The right eye's row less the left one's, on the average: a tilt of one camera; px.</param>
/// <param name="DisparityPx">The left eye's column less the right one's, on the average, px.</param>
/// <param name="SquareError">By how much the squares come out too large, as a share; null where the calibration has no metres.</param>
public sealed record CalibrationCheck(int Pairs, double EpipolarErrorPx, double RowOffsetPx, double DisparityPx, double? SquareError)
{
    /// <summary>Judges pairs of corners that were found in rectified pictures.</summary>
    /// <exception cref="InvalidDataException">There are none, or the eyes are exchanged.</exception>
    public static CalibrationCheck Of(StereoCalibration calibration, ChessBoard board, IReadOnlyList<BoardPair> rectified)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(rectified);
        var corners = rectified.SelectMany(pair => pair.Left.Zip(BoardGrid.TurnLike(pair.Left, pair.Right, board))).ToArray();
        if (corners.Length == 0)
            throw new InvalidDataException($"No rectified pair shows a whole {board.Columns}x{board.Rows} board to both eyes: take pictures with the board in the middle, or name the board with --board.");
        var rows = corners.Select(corner => (double)corner.Second.Y - corner.First.Y).ToArray();
        var disparity = corners.Average(corner => corner.First.X - corner.Second.X);
        if (disparity < (calibration.Rectification?.InfinityDisparityPx ?? 0))
            throw new InvalidDataException(
                $"The board stands {-disparity:0.0} px further right for the right eye than for the left one: the eyes are exchanged. Give the pictures of --left as --right and those of --right as --left.");
        return new CalibrationCheck(rectified.Count, Math.Sqrt(rows.Average(row => row * row)), rows.Average(), disparity, SquareErrorOf(calibration, board, rectified));
    }

    private static double? SquareErrorOf(StereoCalibration calibration, ChessBoard board, IReadOnlyList<BoardPair> rectified)
    {
        if (calibration.Rectification is not { } geometry)
            return null;
        var sides = rectified.Select(pair =>
        {
            var right = BoardGrid.TurnLike(pair.Left, pair.Right, board);
            // Across the whole board: the noise of a corner counts once, and not once a square.
            var (first, last) = (InSpace(geometry, pair.Left[0], right[0]), InSpace(geometry, pair.Left[^1], right[^1]));
            var diagonal = Math.Sqrt(((board.Columns - 1) * (board.Columns - 1)) + ((board.Rows - 1) * (board.Rows - 1)));
            return Math.Sqrt(Math.Pow(last.X - first.X, 2) + Math.Pow(last.Y - first.Y, 2) + Math.Pow(last.Z - first.Z, 2)) / diagonal;
        }).Order().ToArray();
        return (sides[sides.Length / 2] / board.SquareMetres) - 1;
    }

    private static (double X, double Y, double Z) InSpace(Rectification geometry, Point2f left, Point2f right)
    {
        var z = geometry.FocalLengthPx * geometry.BaselineMetres / (left.X - right.X - geometry.InfinityDisparityPx);
        return ((left.X - geometry.CentreX) * z / geometry.FocalLengthPx, (left.Y - geometry.CentreY) * z / geometry.FocalLengthPx, z);
    }
}
