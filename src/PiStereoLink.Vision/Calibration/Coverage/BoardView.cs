using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// How a board stands in a picture, each number from 0 to 1, scored as ROS's camera_calibration scores it, so that its users
/// know what they see.
/// </summary>
/// <param name="X">From left to right, over the room that a board of this size has.</param>
/// <param name="Y">From top to bottom, likewise.</param>
/// <param name="Size">The side of a square of the board's area, as a share of the picture's.</param>
/// <param name="Skew">How far the board's upper right corner is from a right angle; 1 at 30 degrees or more.</param>
public readonly record struct BoardView(double X, double Y, double Size, double Skew)
{
    /// <param name="corners">Columns * Rows corners row by row, px.</param>
    /// <param name="board">The board.</param>
    /// <param name="picture">The picture's size, px.</param>
    public static BoardView Of(ReadOnlySpan<Point2f> corners, ChessBoard board, Size picture)
    {
        if (corners.Length != board.Columns * board.Rows)
            throw new ArgumentException($"A board of {board.Columns}x{board.Rows} has {board.Columns * board.Rows} inner corners, {corners.Length} came.", nameof(corners));
        var (first, second, third, fourth) = (corners[0], corners[board.Columns - 1], corners[^1], corners[^board.Columns]);
        // Half the cross product of the diagonals is the area of a quadrilateral.
        var area = Math.Abs((third.X - first.X) * (fourth.Y - second.Y) - (third.Y - first.Y) * (fourth.X - second.X)) / 2;
        var side = Math.Sqrt(area);
        var (x, y) = (0.0, 0.0);
        foreach (var corner in corners)
            (x, y) = (x + corner.X, y + corner.Y);
        return new BoardView(
            Place(x / corners.Length, side, picture.Width), Place(y / corners.Length, side, picture.Height),
            Math.Sqrt(area / ((double)picture.Width * picture.Height)),
            Math.Min(1, 2 * Math.Abs(Math.PI / 2 - Angle(first, second, third))));
    }

    /// <summary>The sum of the four differences.</summary>
    public double DistanceTo(BoardView other) =>
        Math.Abs(X - other.X) + Math.Abs(Y - other.Y) + Math.Abs(Size - other.Size) + Math.Abs(Skew - other.Skew);

    // The board's middle cannot come nearer to the border than half its side.
    private static double Place(double middle, double side, double length) => length > side ? Math.Clamp((middle - side / 2) / (length - side), 0, 1) : 0.5;

    private static double Angle(Point2f a, Point2f b, Point2f c)
    {
        double ax = a.X - b.X, ay = a.Y - b.Y, cx = c.X - b.X, cy = c.Y - b.Y;
        return Math.Abs(Math.Atan2(ax * cy - ay * cx, ax * cx + ay * cy));
    }
}
