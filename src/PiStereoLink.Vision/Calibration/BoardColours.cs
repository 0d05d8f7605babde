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

    /// <summary>
    /// Whether the squares go on beyond the corners that were found: then they are a part of a larger board, which the detector takes for
    /// the smaller one that it was asked for.
    /// </summary>
    public static bool GoOnBeyond(Mat grey, Point2f[] corners, ChessBoard board)
    {
        var (columns, rows) = (board.Columns, board.Rows);
        return Continues(grey, corners, rows, i => (i * columns, (i * columns) + 1))
            || Continues(grey, corners, rows, i => (((i + 1) * columns) - 1, ((i + 1) * columns) - 2))
            || Continues(grey, corners, columns, i => (i, i + columns))
            || Continues(grey, corners, columns, i => (((rows - 1) * columns) + i, ((rows - 2) * columns) + i));
    }

    // Along one side, in units of a square outwards: at 0.5 lies the outermost square of a board that ends here, at 1.25 its white rim or whatever
    // is behind it. Where the board goes on, the squares at 1.25 are the negative of those at 0.5; 1.25 and not 1.5, because the outermost
    // squares of many printed boards are cut.
    private static bool Continues(Mat grey, Point2f[] corners, int count, Func<int, (int Outer, int Inner)> at)
    {
        var (near, far) = (new double[count - 1], new double[count - 1]);
        for (var i = 0; i < count - 1; i++)
        {
            var (here, next) = (at(i), at(i + 1));
            near[i] = Outside(grey, corners, here, next, 0.5);
            far[i] = Outside(grey, corners, here, next, 1.25);
            if (double.IsNaN(near[i] + far[i]))
                return false;   // out of the picture
        }
        var middle = (near.Min() + near.Max()) / 2;
        var contrast = near.Max() - near.Min();
        return near.Zip(far).All(pair => pair.First > middle != pair.Second > middle) && far.Max() - far.Min() > contrast / 2;
    }

    private static double Outside(Mat grey, Point2f[] corners, (int Outer, int Inner) here, (int Outer, int Inner) next, double squares)
    {
        var (a, b, c, d) = (corners[here.Outer], corners[here.Inner], corners[next.Outer], corners[next.Inner]);
        var x = ((a.X + c.X) / 2) + (squares * (a.X + c.X - b.X - d.X) / 2);
        var y = ((a.Y + c.Y) / 2) + (squares * (a.Y + c.Y - b.Y - d.Y) / 2);
        return x < 0 || y < 0 || x > grey.Cols - 1 || y > grey.Rows - 1 ? double.NaN : grey.At<byte>((int)y, (int)x);
    }

    private static double AtCentre(Mat grey, Point2f[] corners, int at, int columns)
    {
        var (a, b, c, d) = (corners[at], corners[at + 1], corners[at + columns], corners[at + columns + 1]);
        var (x, y) = ((int)((a.X + b.X + c.X + d.X) / 4), (int)((a.Y + b.Y + c.Y + d.Y) / 4));
        return grey.At<byte>(Math.Clamp(y, 0, grey.Rows - 1), Math.Clamp(x, 0, grey.Cols - 1));
    }
}
