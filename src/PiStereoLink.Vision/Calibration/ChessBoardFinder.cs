using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Finds the inner corners of a chessboard in a picture, to a fraction of a pixel, in an order on which both eyes agree.
/// Pure functions: several threads may look at once.
/// </summary>
/// <remarks>
/// The classic detector: on real pictures taken at an angle it finds boards that the sector-based one (FindChessboardCornersSB) does not
/// (13 of 13 pairs against 10 of OpenCV's own samples), and the two count corners in different orders.
/// </remarks>
public static class ChessBoardFinder
{
    /// <summary>Names this way of finding corners; it changes when the corners do, and corners that were kept are found anew.</summary>
    public const string Version = "classic-3";

    // Corners at the detector's best are good to about a pixel; sizes at which it works well and fast lie below this.
    private const int LargeSide = 1000;
    private const int SmallSide = 400;

    // Where the quick look says "no board" it is right but for blurred and strongly tilted ones; the second look takes 10 to 50 times as long.
    private const ChessboardFlags Careful = ChessboardFlags.AdaptiveThresh | ChessboardFlags.NormalizeImage;
    private const ChessboardFlags Quick = Careful | ChessboardFlags.FastCheck;

    private static readonly TermCriteria Until = TermCriteria.Both(50, 0.001);

    /// <summary>Looks for a board in an encoded picture (JPEG, PNG or PNM).</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="board">The board; its square's size plays no part here.</param>
    /// <param name="name">What errors call the picture.</param>
    /// <param name="quick">True for live pictures: a picture without a board costs a few milliseconds, and a hard one may be missed.</param>
    /// <exception cref="InvalidDataException">The picture cannot be decoded.</exception>
    public static FoundBoard Find(ReadOnlySpan<byte> encoded, ChessBoard board, string name, bool quick = false)
    {
        using var grey = EncodedPicture.DecodeGrey(encoded, name);
        return Find(grey, board, quick);
    }

    /// <summary>Looks for a board in a grey picture, CV_8UC1.</summary>
    /// <param name="grey">The picture.</param>
    /// <param name="board">The board; its square's size plays no part here.</param>
    /// <param name="quick">True for live pictures: a picture without a board costs a few milliseconds, and a hard one may be missed.</param>
    public static FoundBoard Find(Mat grey, ChessBoard board, bool quick = false)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (grey.Type() != MatType.CV_8UC1)
            throw new ArgumentException($"The picture is {grey.Type()}; a grey one, CV_8UC1, was expected.", nameof(grey));
        if (board.Columns < 3 || board.Rows < 3)
            throw new ArgumentException($"The board has {board.Columns}x{board.Rows} inner corners; at least 3x3 were expected.", nameof(board));

        var size = grey.Size();
        var corners = Look(grey, board, Quick) ?? (quick ? null : Look(grey, board, Careful) ?? LookStraightened(grey, board));
        if (corners is null)
            return new FoundBoard(size, null, $"no {board.Columns}x{board.Rows} board was found");
        if (BoardColours.GoOnBeyond(grey, corners, board))
            return new FoundBoard(size, null, $"the board has more corners than {board.Columns}x{board.Rows}");
        corners = Refine(grey, corners, board);
        return new FoundBoard(size, BoardGrid.InOrder(grey, corners, board), null);
    }

    private static Point2f[]? Look(Mat grey, ChessBoard board, ChessboardFlags flags) =>
        Scales(grey).Select(scale => LookAt(grey, scale, board, flags)).FirstOrDefault(corners => corners is not null);

    // At the rim of a fisheye a board is bent too much for the detector.
    private static Point2f[]? LookStraightened(Mat grey, ChessBoard board)
    {
        using var view = new StraightenedView(grey);
        return Cv2.FindChessboardCorners(view.Picture, new Size(board.Columns, board.Rows), out var corners, Careful) ? [.. corners.Select(view.InPicture)] : null;
    }

    // A large picture is looked at small first, which is faster and forgives noise; squares of a few pixels are seen when enlarged.
    private static IEnumerable<double> Scales(Mat grey)
    {
        var side = Math.Max(grey.Cols, grey.Rows);
        if (side > LargeSide)
            yield return 640.0 / side;
        yield return 1;
        if (side <= SmallSide)
            yield return 2;
    }

    private static Point2f[]? LookAt(Mat grey, double scale, ChessBoard board, ChessboardFlags flags)
    {
        var pattern = new Size(board.Columns, board.Rows);
        if (scale == 1)
            return Cv2.FindChessboardCorners(grey, pattern, out var found, flags) ? found : null;
        using var scaled = new Mat();
        Cv2.Resize(grey, scaled, new Size(0, 0), scale, scale, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        if (!Cv2.FindChessboardCorners(scaled, pattern, out var corners, flags))
            return null;
        // Pixel centres lie at whole numbers in both: x = (x' + 0.5) / scale - 0.5.
        return [.. corners.Select(corner => new Point2f((float)(((corner.X + 0.5) / scale) - 0.5), (float)(((corner.Y + 0.5) / scale) - 0.5)))];
    }

    // First towards the corner from wherever a scaled look left it, then with the window that is best for accuracy.
    private static Point2f[] Refine(Mat grey, Point2f[] corners, ChessBoard board)
    {
        var window = SubPixelWindow(BoardGrid.MinSpacing(corners, board), Math.Max(grey.Cols, grey.Rows));
        return Cv2.CornerSubPix(grey, corners, new Size(window, window), new Size(-1, -1), Until);
    }

    /// <summary>
    /// Half the side of the sub-pixel window, px: a third of the shortest spacing keeps every neighbour out, also along the window's diagonal.
    /// On OpenCV's sample pictures, whose squares are 21 to 37 px apart, the stereo RMS is then 0.197 px; a fixed 5 gives 0.217, and a fixed 11, which
    /// reaches a neighbour in two of the pairs, 0.448. Beyond a fortieth of the picture a larger window only takes in more of the lens's bending.
    /// </summary>
    /// <param name="spacing">The shortest distance between two corners, px.</param>
    /// <param name="pictureSide">The longer side of the picture, px.</param>
    public static int SubPixelWindow(double spacing, int pictureSide) => Math.Clamp((int)(spacing / 3), 2, Math.Max(2, pictureSide / 40));
}
