using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>The corners of a board as a grid: its spacing, and which corner is the first.</summary>
/// <remarks>
/// A board whose columns and rows add up to an odd number (9x6) is its own negative after half a turn, so its squares' colours tell which
/// corner is the first. One that adds up to an even number (8x6) looks the same after half a turn: there the first row is the one
/// that runs to the right in the picture, and two eyes are compared with <see cref="TurnLike"/>.
/// </remarks>
public static class BoardGrid
{
    /// <summary>Whether the colours of the squares tell a board from the same board turned by 180 degrees.</summary>
    public static bool ColoursTellOrientation(ChessBoard board) => (board.Columns + board.Rows) % 2 != 0;

    /// <summary>The shortest distance from a corner to the next one in its row or column, px.</summary>
    public static double MinSpacing(ReadOnlySpan<Point2f> corners, ChessBoard board)
    {
        var shortest = double.MaxValue;
        for (var i = 0; i < corners.Length; i++)
        {
            if (i % board.Columns != 0)
                shortest = Math.Min(shortest, Distance(corners[i], corners[i - 1]));
            if (i >= board.Columns)
                shortest = Math.Min(shortest, Distance(corners[i], corners[i - board.Columns]));
        }
        return shortest;
    }

    /// <summary>Whether the board lies the other way round in one picture than in the other: turned by more than 90 degrees.</summary>
    public static bool IsTurned(ReadOnlySpan<Point2f> left, ReadOnlySpan<Point2f> right, ChessBoard board)
    {
        var (a, b) = (Direction(left, board), Direction(right, board));
        return (a.X * b.X) + (a.Y * b.Y) < 0;
    }

    /// <summary>
    /// The right eye's corners in the order of the left eye's. Only a board without orientation is turned: where the colours tell it,
    /// a difference between the eyes is a fault of the pair, for which <see cref="IsTurned"/> asks.
    /// </summary>
    public static Point2f[] TurnLike(Point2f[] left, Point2f[] right, ChessBoard board)
    {
        ArgumentNullException.ThrowIfNull(right);
        return !ColoursTellOrientation(board) && IsTurned(left, right, board) ? HalfTurn(right) : right;
    }

    /// <summary>The same corners, counted from the opposite one.</summary>
    public static Point2f[] HalfTurn(Point2f[] corners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        var turned = (Point2f[])corners.Clone();
        Array.Reverse(turned);
        return turned;
    }

    /// <summary>The corners in the order that <see cref="FoundBoard.Corners"/> promises.</summary>
    internal static Point2f[] InOrder(Mat grey, Point2f[] corners, ChessBoard board)
    {
        var seen = Cross(corners, board) > 0 ? corners : MirrorRows(corners, board);
        var turn = ColoursTellOrientation(board) ? BoardColours.FirstSquareIsLight(grey, seen, board) : Direction(seen, board).X < 0;
        return turn ? HalfTurn(seen) : seen;
    }

    // From the middle of the first column to the middle of the last: one corner alone says less.
    private static (double X, double Y) Direction(ReadOnlySpan<Point2f> corners, ChessBoard board)
    {
        var (x, y) = (0.0, 0.0);
        for (var row = 0; row < board.Rows; row++)
        {
            var (first, last) = (corners[row * board.Columns], corners[((row + 1) * board.Columns) - 1]);
            (x, y) = (x + last.X - first.X, y + last.Y - first.Y);
        }
        return (x, y);
    }

    // Above 0 when the rows follow each other clockwise from their own direction: the board seen from its front, x right, y down.
    private static double Cross(Point2f[] corners, ChessBoard board)
    {
        var row = Direction(corners, board);
        var (top, bottom) = (corners[board.Columns / 2], corners[corners.Length - 1 - (board.Columns / 2)]);
        return (row.X * (bottom.Y - top.Y)) - (row.Y * (bottom.X - top.X));
    }

    private static Point2f[] MirrorRows(Point2f[] corners, ChessBoard board) =>
        [.. corners.Chunk(board.Columns).SelectMany(row => row.Reverse())];

    private static double Distance(Point2f a, Point2f b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
