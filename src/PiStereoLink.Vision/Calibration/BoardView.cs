using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>How a board lies in a picture, each from 0 to 1, as ROS's camera_calibration scores it.</summary>
/// <param name="X">From the left rim to the right one.</param>
/// <param name="Y">From the top to the bottom.</param>
/// <param name="Size">The square root of the share of the picture that the corners span.</param>
/// <param name="Skew">How far an angle of the board is from a right one; 1 is 30 degrees or more.</param>
public readonly record struct BoardView(double X, double Y, double Size, double Skew)
{
    /// <summary>Scores one view.</summary>
    public static BoardView Of(Point2f[] corners, ChessBoard board, Size picture)
    {
        ArgumentNullException.ThrowIfNull(corners);
        var (a, b) = (corners[0], corners[board.Columns - 1]);
        var (c, d) = (corners[^1], corners[^board.Columns]);
        // Half the cross product of the diagonals of a-b-c-d.
        var area = Math.Abs(((c.X - a.X) * (d.Y - b.Y)) - ((c.Y - a.Y) * (d.X - b.X))) / 2;
        var side = Math.Sqrt(area);
        return new BoardView(
            Math.Clamp((corners.Average(corner => corner.X) - (side / 2)) / (picture.Width - side), 0, 1),
            Math.Clamp((corners.Average(corner => corner.Y) - (side / 2)) / (picture.Height - side), 0, 1),
            Math.Sqrt(area / ((double)picture.Width * picture.Height)),
            Math.Min(1, 2 * Math.Abs((Math.PI / 2) - Angle(a, b, c))));
    }

    /// <summary>How different two views are.</summary>
    public double Distance(BoardView other) => Math.Abs(X - other.X) + Math.Abs(Y - other.Y) + Math.Abs(Size - other.Size) + Math.Abs(Skew - other.Skew);

    private static double Angle(Point2f a, Point2f b, Point2f c)
    {
        var (ux, uy, vx, vy) = ((double)a.X - b.X, (double)a.Y - b.Y, (double)c.X - b.X, (double)c.Y - b.Y);
        return Math.Acos(Math.Clamp(((ux * vx) + (uy * vy)) / Math.Sqrt(((ux * ux) + (uy * uy)) * ((vx * vx) + (vy * vy))), -1, 1));
    }
}
