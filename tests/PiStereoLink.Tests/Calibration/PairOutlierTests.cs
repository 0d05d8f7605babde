using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

/// <summary>Thirteen pairs of one rig, and what people mix among them.</summary>
public class PairOutlierTests
{
    private static readonly Size Picture = new(640, 480);
    private static readonly RenderedRig Rig = new(640, 480, new ChessBoard(9, 6, 0.025), 0.85, [-0.28, 0.09, 0.0005, -0.0005, 0]);

    [Fact]
    public void Good_pairs_are_all_used() => Assert.Empty(Solve(Rig.Seen(13)).Dropped);

    [Fact]
    public void A_pair_of_two_moments_is_named()
    {
        var pairs = Rig.Seen(13);
        pairs[4] = pairs[4] with { Right = pairs[9].Right };
        AssertDropped(Solve(pairs), "4", "the pictures are of different moments, or of another rig");
    }

    [Fact]
    public void A_pair_of_another_rig_is_named()
    {
        var pairs = Rig.Seen(13);
        var other = new RenderedRig(640, 480, Rig.Board, 0.95, [-0.1, 0.03, 0, 0, 0], baseline: 0.12);
        pairs[7] = other.Seen(1, seed: 8)[0] with { Name = "7" };
        AssertDropped(Solve(pairs), "7", "");
    }

    [Fact]
    public void A_board_that_moved_between_the_shots_is_named()
    {
        var pairs = Rig.Seen(13);
        pairs[2] = pairs[2] with { Right = [.. pairs[2].Right.Select(corner => corner with { Y = corner.Y + 4 })] };
        AssertDropped(Solve(pairs), "2", "moved between the two shots");
    }

    [Fact]
    public void Exchanged_pictures_of_one_pair_are_named()
    {
        var pairs = Rig.Seen(13);
        pairs[11] = pairs[11] with { Left = pairs[11].Right, Right = pairs[11].Left };
        AssertDropped(Solve(pairs), "11", "its left and its right picture are exchanged");
    }

    [Fact]
    public void A_blurred_picture_is_named_with_its_eye()
    {
        var pairs = Rig.Seen(13);
        var random = new Random(3);
        pairs[5] = pairs[5] with { Right = [.. pairs[5].Right.Select(corner => new Point2f(corner.X + (float)(random.NextDouble() * 3), corner.Y + (float)(random.NextDouble() * 3)))] };
        var dropped = Assert.Single(Solve(pairs).Dropped);
        Assert.Equal("5", dropped.Pair);
    }

    [Theory]
    [InlineData(9, 6)]
    [InlineData(7, 5)]
    public void A_picture_upside_down_is_named_whether_the_board_tells_it_or_not(int columns, int rows)
    {
        var rig = new RenderedRig(640, 480, new ChessBoard(columns, rows, 0.025), 0.85, [-0.28, 0.09, 0.0005, -0.0005, 0]);
        var pairs = rig.Seen(13);
        // As a finder would give it: a board that looks alike both ways is counted from its other end.
        Point2f[] turned = [.. pairs[3].Right.Select(corner => new Point2f(639 - corner.X, 479 - corner.Y))];
        pairs[3] = pairs[3] with { Right = BoardGrid.ColoursTellOrientation(rig.Board) ? turned : BoardGrid.HalfTurn(turned) };
        AssertDropped(Solve(pairs, rig), "3", "one of its pictures is turned by 180 degrees");
    }

    [Fact]
    public void Several_bad_pairs_are_all_named_and_the_rig_comes_out_as_without_them()
    {
        var pairs = Rig.Seen(16);
        pairs[1] = pairs[1] with { Right = pairs[12].Right };
        pairs[6] = pairs[6] with { Left = pairs[3].Left };
        pairs[10] = pairs[10] with { Left = pairs[10].Right, Right = pairs[10].Left };
        var result = Solve(pairs);

        Assert.Equal(["1", "10", "6"], result.Dropped.Select(pair => pair.Pair).Order(StringComparer.Ordinal));
        Assert.InRange(result.Calibration.Cameras!.K1[0, 0] / Rig.Left.Focal, 0.997, 1.003);
        Assert.InRange(result.BaselineMetres / Rig.BaselineMetres, 0.995, 1.005);
    }

    [Fact]
    public void Exchanged_eyes_end_with_a_sentence()
    {
        var pairs = Rig.Seen(8).Select(pair => pair with { Left = pair.Right, Right = pair.Left }).ToArray();
        var error = Assert.Throws<InvalidDataException>(() => Solve(pairs));
        Assert.Contains("the eyes are exchanged. Give the pictures of --left as --right", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_mounted_the_other_way_round_ends_with_a_sentence()
    {
        var pairs = Rig.Seen(8).Select(pair => pair with { Right = [.. pair.Right.Select(corner => new Point2f(639 - corner.X, 479 - corner.Y))] }).ToArray();
        var error = Assert.Throws<InvalidDataException>(() => Solve(pairs));
        Assert.StartsWith("In 8 of 8 pairs one eye sees the board upside down", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_pairs_end_with_a_sentence()
    {
        var error = Assert.Throws<InvalidDataException>(() => Solve(Rig.Seen(2)));
        Assert.StartsWith("2 of 2 pairs can be used, and 3 are the fewest", error.Message, StringComparison.Ordinal);
    }

    private static CalibrationResult Solve(IReadOnlyList<BoardPair> pairs, RenderedRig? rig = null) =>
        StereoCalibrator.Solve(pairs, (rig ?? Rig).Board, Picture, cancellationToken: TestContext.Current.CancellationToken);

    private static void AssertDropped(CalibrationResult result, string pair, string reason)
    {
        var dropped = Assert.Single(result.Dropped);
        Assert.Equal(pair, dropped.Pair);
        Assert.Contains(reason, dropped.Reason, StringComparison.Ordinal);
        Assert.InRange(result.RmsStereo, 0, 0.2);
    }
}
