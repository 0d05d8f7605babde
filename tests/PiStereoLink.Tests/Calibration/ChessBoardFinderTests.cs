using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

public class ChessBoardFinderTests
{
    private static readonly double[] Barrel = [-0.25, 0.08, 0.0005, -0.0005, 0];

    public static TheoryData<int, int, int, int> Cases => new()
    {
        { 320, 240, 9, 6 }, { 320, 240, 7, 5 }, { 640, 480, 9, 6 }, { 640, 480, 8, 5 }, { 640, 480, 8, 6 }, { 1280, 960, 7, 5 }, { 1920, 1080, 9, 6 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_every_corner_in_the_boards_own_order(int width, int height, int columns, int rows)
    {
        var rig = new RenderedRig(width, height, new ChessBoard(columns, rows, 0.025), 0.85, Barrel);
        var renderer = new BoardRenderer(rig, right: false);
        foreach (var pose in rig.Poses(3))
        {
            using var picture = renderer.Render(pose, seed: 7);
            var found = ChessBoardFinder.Find(picture, rig.Board);

            Assert.True(found.IsFound, found.Reason);
            Assert.InRange(MeanError(found.Corners, rig.Corners(pose.R, pose.T, right: false)), 0, 0.15);
        }
    }

    /// <summary>Three poses at the rim of an equidistant fisheye at which the detector finds no straight edges.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(14)]
    public void A_board_that_a_fisheye_bends_is_found_where_it_is(int number)
    {
        var rig = new RenderedRig(640, 480, new ChessBoard(9, 6, 0.08), 0.45, distortion: []);
        var pose = rig.Poses(number + 1, seed: 2).Last();
        using var picture = new BoardRenderer(rig, right: false).Render(pose, number, 0.7, 2);
        var found = ChessBoardFinder.Find(picture, rig.Board);

        Assert.True(found.IsFound, found.Reason);
        Assert.InRange(MeanError(found.Corners, rig.Corners(pose.R, pose.T, right: false)), 0, 0.2);
    }

    [Theory]
    [InlineData(9, 6, true)]
    [InlineData(7, 5, false)]
    public void A_picture_upside_down_is_told_where_the_boards_colours_tell_it(int columns, int rows, bool coloursTell)
    {
        var rig = new RenderedRig(640, 480, new ChessBoard(columns, rows, 0.025), 0.85, Barrel);
        using var picture = new BoardRenderer(rig, right: false).Render(rig.Poses(1).First(), seed: 7);
        using var overhead = new Mat();
        Cv2.Flip(picture, overhead, FlipMode.XY);

        var upright = ChessBoardFinder.Find(picture, rig.Board).Corners!;
        var turned = ChessBoardFinder.Find(overhead, rig.Board).Corners!;

        Assert.Equal(coloursTell, BoardGrid.IsTurned(upright, turned, rig.Board));
        var expected = upright.Select(corner => (639.0 - corner.X, 479.0 - corner.Y)).ToArray();
        Assert.InRange(MeanError(coloursTell ? turned : BoardGrid.HalfTurn(turned), expected), 0, 0.05);
    }

    [Fact]
    public void A_board_on_its_side_that_looks_the_same_both_ways_is_counted_alike_by_both_eyes()
    {
        var board = new ChessBoard(3, 3, 0.02);
        Point2f[] upwards = [.. Enumerable.Range(0, 9).Select(i => new Point2f(100 + (10 * (i / 3)) - (0.1f * (i % 3)), 100 - (10 * (i % 3))))];
        Point2f[] other = [.. BoardGrid.HalfTurn(upwards).Select(corner => corner with { X = corner.X - 20 })];

        Assert.True(BoardGrid.IsTurned(upwards, other, board));
        Assert.False(BoardGrid.IsTurned(upwards, BoardGrid.TurnLike(upwards, other, board), board));
    }

    [Fact]
    public void Without_the_board_there_is_a_reason()
    {
        var rig = new RenderedRig(640, 480, new ChessBoard(7, 5, 0.025), 0.85, Barrel);
        using var picture = new BoardRenderer(rig, right: false).Render(rig.Poses(1).First(), seed: 7);

        Assert.Equal(new FoundBoard(new Size(640, 480), null, "no 9x6 board was found"), ChessBoardFinder.Find(picture, new ChessBoard(9, 6, 0.025)));
        Assert.Equal("no 9x6 board was found", ChessBoardFinder.Find(picture, new ChessBoard(9, 6, 0.025), quick: true).Reason);
    }

    [Fact]
    public void The_sub_pixel_window_never_reaches_a_neighbour()
    {
        Assert.Equal(9, ChessBoardFinder.SubPixelWindow(spacing: 28, pictureSide: 640));
        Assert.Equal(3, ChessBoardFinder.SubPixelWindow(spacing: 10, pictureSide: 320));
        Assert.Equal(32, ChessBoardFinder.SubPixelWindow(spacing: 400, pictureSide: 1280));
        Assert.Equal(2, ChessBoardFinder.SubPixelWindow(spacing: 5, pictureSide: 640));
    }

    [Fact]
    public void All_of_the_real_pictures_show_their_board()
    {
        foreach (var name in new[] { "left01.jpg", "left02.jpg", "right02.jpg", "right07.jpg" })
            Assert.True(ChessBoardFinder.Find(PiStereoLink.Tests.Pictures.Real(Path.Combine("chessboard-opencv", name)), new ChessBoard(9, 6, 0.025), name).IsFound, name);
    }

    private static double MeanError(Point2f[] corners, (double X, double Y)[] truth) =>
        corners.Zip(truth, (corner, at) => Math.Sqrt(Math.Pow(corner.X - at.X, 2) + Math.Pow(corner.Y - at.Y, 2))).Average();
}
