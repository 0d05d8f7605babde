using OpenCvSharp;
using PiStereoLink.Tests.SimulatedCamera;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

/// <summary>The parts around the solve: the sample, the corners that are kept, what people write.</summary>
public class CalibrationPartsTests
{
    private static readonly RenderedRig Rig = new(640, 480, new ChessBoard(9, 6, 0.025), 0.85, [-0.28, 0.09, 0, 0, 0]);

    [Fact]
    public void A_sample_for_spread_covers_more_than_one_by_lot()
    {
        // A film that rests: two hundred views of one place, and twenty others.
        var rest = Rig.Poses(1, seed: 3).First();
        List<BoardPair> film = [.. Enumerable.Range(0, 200).Select(i => Rig.Seen($"rest {i}", rest, i)), .. Rig.Seen(20)];
        var spread = PairSample.Spread(film, 16, Rig.Board, new Size(640, 480));
        var lot = PairSample.Random(film, 16);

        Assert.Equal((16, 16), (spread.Count, lot.Count));
        Assert.InRange(spread.Count(pair => pair.Name.StartsWith("rest", StringComparison.Ordinal)), 0, 1);
        Assert.True(Area(spread) > Area(lot));
        Assert.Equal(lot, PairSample.Random(film, 16));
        Assert.Equal(film, PairSample.Spread(film, 500, Rig.Board, new Size(640, 480)));

        static double Area(IReadOnlyList<BoardPair> pairs) => BoardCoverage.Of([.. pairs.Select(pair => pair.Left)], Rig.Board, new Size(640, 480)).Area;
    }

    [Fact]
    public void A_board_that_fills_the_picture_scores_as_ros_scores_it()
    {
        var board = new ChessBoard(3, 3, 0.02);
        Point2f[] square = [.. Enumerable.Range(0, 9).Select(i => new Point2f(100 + (100 * (i % 3)), 50 + (100 * (i / 3))))];
        var view = BoardView.Of(square, board, new Size(640, 480));

        // Side 200: x = (200 - 100) / (640 - 200), y = (150 - 100) / (480 - 200), size = 200 / sqrt(640 * 480), right angles.
        Assert.Equal(100 / 440.0, view.X, 6);
        Assert.Equal(50 / 280.0, view.Y, 6);
        Assert.Equal(200 / Math.Sqrt(640 * 480), view.Size, 6);
        Assert.Equal(0, view.Skew, 6);
    }

    [Fact]
    public void Kept_corners_are_those_of_the_picture_and_a_damaged_file_does_no_harm()
    {
        using var folder = new ScratchFolder();
        using var picture = new BoardRenderer(Rig, right: false).Render(Rig.Poses(1).First(), seed: 7);
        var encoded = picture.ImEncode(".png", Array.Empty<ImageEncodingParam>());
        var cache = new CornerCache(folder.File("corners"));

        var first = cache.Find(encoded, Rig.Board, "board.png");
        var file = Assert.Single(Directory.GetFiles(folder.File("corners")));
        var bytes = File.ReadAllBytes(file);
        Assert.Equal(first.Corners, cache.Find(encoded, Rig.Board, "board.png").Corners);

        // What is in the file is what comes back: this is how it is known to be read.
        File.WriteAllBytes(file, [.. bytes[..^4], .. BitConverter.GetBytes(1f)]);
        Assert.Equal(1f, cache.Find(encoded, Rig.Board, "board.png").Corners![^1].Y);

        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(file, bytes[..length]);
            Assert.Equal(first.Corners, cache.Find(encoded, Rig.Board, "board.png").Corners);
        }
        Assert.Equal("no 8x5 board was found", cache.Find(encoded, new ChessBoard(8, 5, 1), "board.png").Reason?.Replace("the board has more corners than 8x5", "no 8x5 board was found", StringComparison.Ordinal));
        Assert.Equal(2, Directory.GetFiles(folder.File("corners")).Length);
    }

    [Fact]
    public void A_part_of_a_larger_board_is_not_taken_for_the_board()
    {
        using var picture = new BoardRenderer(Rig, right: false).Render(Rig.Poses(1).First(), seed: 7);
        foreach (var (columns, rows) in new[] { (8, 6), (9, 5), (7, 5), (8, 5) })
            Assert.False(ChessBoardFinder.Find(picture, new ChessBoard(columns, rows, 0.025)).IsFound, $"{columns}x{rows}");
    }

    [Theory]
    [InlineData("9x6", "25mm", 9, 6, 0.025)]
    [InlineData("7X5", "2.5cm", 7, 5, 0.025)]
    [InlineData("8x5", "1in", 8, 5, 0.0254)]
    [InlineData("8x5", "0.03m", 8, 5, 0.03)]
    public void A_board_is_read_as_people_write_it(string corners, string square, int columns, int rows, double metres)
    {
        var board = BoardText.Parse(corners, square);
        Assert.Equal((columns, rows), (board.Columns, board.Rows));
        Assert.Equal(metres, board.SquareMetres, 9);
    }

    [Theory]
    [InlineData("9", "25mm", "'9' is no board")]
    [InlineData("2x6", "25mm", "'2x6' is no board")]
    [InlineData("9x6", "25", "'25' is no length of a square")]
    [InlineData("9x6", "-3mm", "'-3mm' is no length of a square")]
    [InlineData("9x6", "25km", "'25km' is no length of a square")]
    public void What_is_no_board_is_refused(string corners, string square, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => BoardText.Parse(corners, square)).Message, StringComparison.Ordinal);
}
