using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

/// <summary>Rigs whose every number is known: what comes out is what was put in.</summary>
public class KnownRigTests
{
    private static readonly double[] Mild = [-0.08, 0.03, 0.0004, -0.0003, 0];
    private static readonly double[] Barrel = [-0.28, 0.09, 0.0005, -0.0005, 0];
    private static readonly double[] StrongBarrel = [-0.38, 0.15, 0.0005, -0.0005, -0.02];
    private static readonly double[] Fisheye = [];

    public static TheoryData<int, int, int, int, double, double[], double, double> Pictures => new()
    {
        // width, height, board, focal length per width, lens, blur px, noise grey levels
        { 640, 480, 9, 6, 0.85, Mild, 0.7, 2 },
        { 640, 480, 8, 5, 0.65, StrongBarrel, 1.2, 4 },
        { 320, 240, 7, 5, 0.85, Barrel, 0.6, 2 },
        { 1280, 960, 9, 6, 0.8, Barrel, 1.5, 4 },
        { 640, 480, 9, 6, 0.45, Fisheye, 0.7, 2 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Rendered_boards_give_the_rig_back(int width, int height, int columns, int rows, double focalPerWidth, double[] lens, double blur, double noise)
    {
        var rig = new RenderedRig(width, height, new ChessBoard(columns, rows, lens.Length == 0 ? 0.08 : 0.025), focalPerWidth, lens);
        var (left, right) = (new BoardRenderer(rig, right: false), new BoardRenderer(rig, right: true));
        var pairs = rig.Poses(16, seed: 5).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select((pose, i) =>
        {
            using var leftPicture = left.Render(pose, 2 * i, blur, noise);
            using var rightPicture = right.Render(pose, (2 * i) + 1, blur, noise);
            var (inLeft, inRight) = (ChessBoardFinder.Find(leftPicture, rig.Board), ChessBoardFinder.Find(rightPicture, rig.Board));
            return inLeft.IsFound && inRight.IsFound ? new BoardPair($"{i}", inLeft.Corners, inRight.Corners) : null;
        }).OfType<BoardPair>().ToList();

        // At the rim of a fisheye some boards are bent so much that their far squares are a few pixels wide.
        Assert.InRange(pairs.Count, lens.Length == 0 ? 13 : 14, 16);
        AssertTrue(rig, Solve(rig, pairs));
    }

    public static TheoryData<double, double[], LensModel> Lenses => new()
    {
        { 1.2, Mild, LensModel.Polynomial }, { 0.85, Barrel, LensModel.Polynomial }, { 0.6, StrongBarrel, LensModel.Polynomial },
        { 0.45, Fisheye, LensModel.Rational }, { 0.38, Fisheye, LensModel.Rational },
    };

    [Theory]
    [MemberData(nameof(Lenses))]
    public void A_lens_gets_the_model_that_fits_it(double focalPerWidth, double[] lens, LensModel expected)
    {
        // A fisheye sees a small board only from closer than its own baseline.
        var rig = new RenderedRig(640, 480, new ChessBoard(9, 6, lens.Length == 0 ? 0.08 : 0.025), focalPerWidth, lens);
        var result = Solve(rig, rig.Seen(30));

        Assert.Empty(result.Dropped);
        Assert.Equal(expected, result.Lens);
        AssertTrue(rig, result);
    }

    [Fact]
    public void Alpha_1_keeps_the_whole_picture_and_alpha_0_shows_the_scene_everywhere()
    {
        var rig = new RenderedRig(640, 480, new ChessBoard(9, 6, 0.025), 0.85, Barrel);
        var pairs = rig.Seen(12);
        var whole = Solve(rig, pairs, alpha: 1).Calibration;
        var filled = Solve(rig, pairs, alpha: 0).Calibration;

        Assert.True(whole.FocalLengthPx < filled.FocalLengthPx);
        Assert.True(whole.LeftMapX[0] < 0 && filled.LeftMapX[0] >= 0, $"The left upper pixel comes from column {whole.LeftMapX[0]} and {filled.LeftMapX[0]}.");
        Assert.Equal(0, whole.Rectification!.InfinityDisparityPx, 6);
    }

    private static CalibrationResult Solve(RenderedRig rig, IReadOnlyList<BoardPair> pairs, double alpha = 0) =>
        StereoCalibrator.Solve(pairs, rig.Board, new Size(rig.Width, rig.Height), alpha, TestContext.Current.CancellationToken);

    private static void AssertTrue(RenderedRig rig, CalibrationResult result)
    {
        var cameras = result.Calibration.Cameras!;
        Assert.InRange(cameras.K1[0, 0] / rig.Left.Focal, 0.997, 1.003);
        Assert.InRange(cameras.K2[0, 0] / rig.Right.Focal, 0.997, 1.003);
        Assert.InRange(result.BaselineMetres / rig.BaselineMetres, 0.995, 1.005);
        Assert.InRange(result.EpipolarErrorPx, 0, 0.25);
    }
}
