using System.Globalization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>Something black on the sheet; millimetres from its upper left corner.</summary>
public readonly record struct Box(double X, double Y, double Width, double Height);

/// <summary>A line of text; its left end on its base line and the height of its letters' square, in millimetres.</summary>
public readonly record struct Line(double X, double Y, double Size, string Text);

/// <summary>
/// A chessboard laid out on a sheet: the board in the middle of a white margin one square wide, below it a ruler that checks
/// the print, and what the board is. Finding a board takes a white border about as wide as a square.
/// </summary>
public sealed record BoardSheet(Paper Paper, ChessBoard Board, IReadOnlyList<Box> Boxes, IReadOnlyList<Line> Lines)
{
    /// <summary>What stands below the margin: the ruler, a line of text, and the edge that printers leave out.</summary>
    private const double StripMillimetres = 17;
    private const double EdgeMillimetres = 7;
    private const double RulerMillimetres = 100;

    /// <summary>Upright or on its side, whichever has more room; null where the board does not fit either way.</summary>
    public static BoardSheet? TryLayOut(Paper paper, ChessBoard board)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var laid = LargestSquareOn(paper, board) >= LargestSquareOn(paper.Turned, board) ? paper : paper.Turned;
        // A size that was asked for as 25 mm may have become 25.000000000000004.
        return board.SquareMetres * 1000 <= LargestSquareOn(laid, board) + 1e-9 ? LayOut(laid, board) : null;
    }

    /// <summary>The largest square that fits a sheet either way, in whole tenths of a millimetre.</summary>
    public static double LargestSquare(Paper paper, ChessBoard board)
    {
        ArgumentNullException.ThrowIfNull(paper);
        return Math.Floor(10 * Math.Max(LargestSquareOn(paper, board), LargestSquareOn(paper.Turned, board))) / 10;
    }

    // The board has a square more than inner corners each way, and the margin takes two.
    private static double LargestSquareOn(Paper paper, ChessBoard board) =>
        Math.Min(paper.WidthMillimetres / (board.Columns + 3), (paper.HeightMillimetres - StripMillimetres) / (board.Rows + 3));

    private static BoardSheet LayOut(Paper paper, ChessBoard board)
    {
        var square = board.SquareMetres * 1000;
        var left = (paper.WidthMillimetres - (board.Columns + 1) * square) / 2;
        var top = (paper.HeightMillimetres - StripMillimetres - (board.Rows + 1) * square) / 2;
        var boxes = new List<Box>();
        for (var row = 0; row <= board.Rows; row++)
            for (var column = row % 2; column <= board.Columns; column += 2)
                boxes.Add(new Box(left + column * square, top + row * square, square, square));

        var below = paper.HeightMillimetres - StripMillimetres + 4;
        boxes.Add(new Box(EdgeMillimetres, below, RulerMillimetres, 0.3));
        for (var tick = 0; tick <= 10; tick++)
        {
            var height = tick % 5 == 0 ? 3 : 1.8;
            boxes.Add(new Box(EdgeMillimetres + tick * 10 - 0.1, below - height + 0.3, 0.2, height));
        }
        var says = string.Create(CultureInfo.InvariantCulture,
            $"{board.Columns}x{board.Rows} inner corners ({board.Columns + 1}x{board.Rows + 1} squares), square {square:0.###} mm. Print at 100 %, not fitted to the page: the ruler is 100 mm long.");
        return new BoardSheet(paper, board, boxes, [new Line(EdgeMillimetres, below + 5, TextSize(says, paper.WidthMillimetres - 2 * EdgeMillimetres), says)]);
    }

    // A letter of the usual sans serif faces is about half as wide as it is high.
    private static double TextSize(string text, double width) => Math.Min(3.5, width / (0.52 * text.Length));
}
