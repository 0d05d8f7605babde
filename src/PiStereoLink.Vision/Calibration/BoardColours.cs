using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Which squares of a found board are dark.</summary>
internal static class BoardColours
{
    /// <summary>Whether the square between the first four corners is lighter than its neighbours, judged by all squares together.</summary>
    public static bool FirstSquareIsLight(Mat grey, Point2f[] corners, ChessBoard board)
    {
        var (sum, neighbours) = (0.0, 0.0);
        var counted = 0;
        for (var row = 0; row < board.Rows - 1; row++)
            for (var column = 0; column < board.Columns - 1; column++)
            {
                var value = AtCentre(grey, corners, (row * board.Columns) + column, board.Columns);
                // Each square against the one before it in its row: a shadow across the board takes both.
                if (column > 0)
                {
                    sum += (row + column) % 2 == 0 ? value - neighbours : neighbours - value;
                    counted++;
                }
                neighbours = value;
            }
        return counted > 0 && sum > 0;
    }

    private static double AtCentre(Mat grey, Point2f[] corners, int at, int columns)
    {
        var (a, b, c, d) = (corners[at], corners[at + 1], corners[at + columns], corners[at + columns + 1]);
        var (x, y) = ((int)((a.X + b.X + c.X + d.X) / 4), (int)((a.Y + b.Y + c.Y + d.Y) / 4));
        return grey.At<byte>(Math.Clamp(y, 0, grey.Rows - 1), Math.Clamp(x, 0, grey.Cols - 1));
    }
}
