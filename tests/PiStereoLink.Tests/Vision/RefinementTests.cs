using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class RefinementTests
{
    private const int Width = 240;
    private const int Height = 120;
    private const int Far = 8;
    private const int Near = 24;

    private static readonly StereoBmParameters Parameters = new() { MinDisparity = 0, NumDisparities = 48, BlockSize = 9, UniquenessRatio = 0, SpeckleWindowSize = 0, TextureThreshold = 0 };

    // A near card before a far wall: the wall's strip beside the card is seen by the left camera alone.
    private static readonly Rect Card = new(110, 30, 60, 60);
    private static readonly Rect SeenByLeftAlone = new(Card.X - (Near - Far) + 4, Card.Y + 12, Near - Far - 8, Card.Height - 24);

    [Fact]
    public void The_left_right_check_takes_out_what_only_one_camera_sees()
    {
        var (left, right) = Scene();
        using (left)
        using (right)
        {
            using var plain = new Refinement().CreateMatcher(Parameters);
            using var both = new Refinement(LeftRightCheckPx: 1).CreateMatcher(Parameters);
            Assert.True(Filled(plain.Compute(left, right), SeenByLeftAlone) > 0.9);
            var checkedMap = both.Compute(left, right);
            Assert.True(Filled(checkedMap, SeenByLeftAlone) < 0.2, $"{Filled(checkedMap, SeenByLeftAlone):P0} of what has no partner is kept.");
            Assert.True(Filled(checkedMap, new Rect(Card.X + 10, Card.Y + 10, Card.Width - 20, Card.Height - 20)) > 0.98);
            Assert.Equal(Near, checkedMap[Card.X + 30, Card.Y + 30], 0.2f);
            Assert.Equal(Far, checkedMap[220, 60], 0.2f);   // on the right, where the way back alone would not reach
        }
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(5000)]
    public void A_tolerance_that_cannot_be_is_refused(double px) => Assert.Contains(
        "0 to 2047 px is allowed.", Assert.Throws<ArgumentException>(() => new Refinement(px).CreateMatcher(Parameters)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(DisparityFilterKind.Fgs)]
    [InlineData(DisparityFilterKind.Guided)]
    public void A_filter_closes_a_small_hole_and_keeps_the_step_at_an_edge(DisparityFilterKind kind)
    {
        // Two grey fields with a sharp edge in between; their disparities step there too, with noise and a hole in the left field.
        using var guide = new Mat(60, 120, MatType.CV_8UC1, new Scalar(40));
        using var brighter = guide.SubMat(new Rect(60, 0, 60, 60));
        brighter.SetTo(new Scalar(200));
        var values = new short[60 * 120];
        for (var i = 0; i < values.Length; i++)
            values[i] = (short)((i % 120 < 60 ? 10 : 30) * 16 + (i * 7919 % 13 - 6));
        values[30 * 120 + 20] = values[30 * 120 + 21] = -16;
        using var filter = new EdgePreservingFilter(new Fixed(new DisparityMap(120, 60, values, 0, 64)), kind);

        var map = Run(() => filter.Compute(guide, guide));

        Assert.Equal(10, map[20, 30], 0.1f);
        Assert.Equal((10, 30), (MathF.Round(map[57, 30]), MathF.Round(map[62, 30])));
        Assert.True(Rough(map) < 0.5 * Rough(new DisparityMap(120, 60, values, 0, 64)), $"{Rough(map)}");
    }

    [Fact]
    public void A_large_hole_stays_one()
    {
        using var guide = new Mat(80, 80, MatType.CV_8UC1, new Scalar(90));
        var values = new short[80 * 80];
        for (var i = 0; i < values.Length; i++)
            values[i] = (short)(i % 80 < 20 ? 160 : -16);
        using var filter = new EdgePreservingFilter(new Fixed(new DisparityMap(80, 80, values, 0, 16)), DisparityFilterKind.Guided);
        var map = Run(() => filter.Compute(guide, guide));
        Assert.False(map.IsValid(70, 40));
        Assert.Equal(10, map[5, 40], 0.05f);
    }

    private static DisparityMap Run(Func<DisparityMap> filter)
    {
        try
        {
            return filter();
        }
        catch (OpenCVException e) when (e.Status == ErrorCode.StsNotImplemented)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static double Rough(DisparityMap map)
    {
        var sum = 0.0;
        for (var x = 25; x < 50; x++)
            sum += Math.Abs(map[x, 30] - map[x + 1, 30]);
        return sum;
    }

    private static double Filled(DisparityMap map, Rect region)
    {
        var count = 0;
        for (var y = region.Y; y < region.Bottom; y++)
            for (var x = region.X; x < region.Right; x++)
                count += map.IsValid(x, y) ? 1 : 0;
        return count / (double)(region.Width * region.Height);
    }

    private static (Mat Left, Mat Right) Scene()
    {
        var random = new Random(5);
        var wall = new byte[Height * (Width + Far)];
        var card = new byte[Card.Width * Card.Height];
        random.NextBytes(wall);
        random.NextBytes(card);
        var (left, right) = (new Mat(Height, Width, MatType.CV_8UC1), new Mat(Height, Width, MatType.CV_8UC1));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                left.Set(y, x, At(x, y, 0, 0));
                right.Set(y, x, At(x, y, Far, Near));
            }
        return (left, right);

        byte At(int x, int y, int far, int near) => Card.Contains(x + near, y)
            ? card[(y - Card.Y) * Card.Width + x + near - Card.X]
            : wall[y * (Width + Far) + x + far];
    }

    /// <summary>A matcher that has found its map already.</summary>
    private sealed class Fixed(DisparityMap map) : IDisparityMatcher
    {
        public DisparityMap Compute(Mat left, Mat right) => map;

        public void Dispose()
        {
        }
    }
}
