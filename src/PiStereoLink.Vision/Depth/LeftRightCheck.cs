using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Matches a pair in both directions and keeps what agrees: a pixel that only one camera sees finds some partner, but that
/// one finds another. The right picture's disparities come from the same kind of matcher, on both pictures mirrored and swapped.
/// </summary>
/// <param name="matcher">For the pair; owned.</param>
/// <param name="mirrored">For the mirrored pair; owned.</param>
/// <param name="tolerancePx">How far the two directions may differ.</param>
public sealed class LeftRightCheck(IDisparityMatcher matcher, IDisparityMatcher mirrored, double tolerancePx) : IDisparityMatcher
{
    private readonly int tolerance = (int)Math.Round(tolerancePx * DisparityMap.Scale);
    private readonly Mat mirroredLeft = new();
    private readonly Mat mirroredRight = new();

    /// <inheritdoc/>
    public DisparityMap Compute(Mat left, Mat right)
    {
        var map = matcher.Compute(left, right);
        // A matcher gives nothing in its first columns, where disparities reach out of the picture: here, on the right
        // edge. Columns of plain grey before them keep that strip.
        var margin = Math.Max(0, map.MinDisparity + map.NumDisparities);
        Mirror(right, mirroredRight, margin);
        Mirror(left, mirroredLeft, margin);
        return Keep(map, mirrored.Compute(mirroredRight, mirroredLeft), margin);
    }

    /// <summary>Frees both matchers.</summary>
    public void Dispose()
    {
        matcher.Dispose();
        mirrored.Dispose();
        mirroredLeft.Dispose();
        mirroredRight.Dispose();
    }

    private static void Mirror(Mat picture, Mat mirror, int margin)
    {
        var width = picture.Cols;
        mirror.Create(picture.Rows, margin + width, MatType.CV_8UC1);
        for (var y = 0; y < picture.Rows; y++)
        {
            var from = picture.RowSpan<byte>(y);
            var to = mirror.RowSpan<byte>(y);
            to[..margin].Fill(from[width - 1]);
            from.CopyTo(to[margin..]);
            to[margin..].Reverse();
        }
    }

    private DisparityMap Keep(DisparityMap map, DisparityMap back, int margin)
    {
        var kept = map.Values.ToArray();
        var none = (short)((map.MinDisparity - 1) * DisparityMap.Scale);
        for (var y = 0; y < map.Height; y++)
        {
            var row = kept.AsSpan(y * map.Width, map.Width);
            var other = back.Row(y)[margin..];
            for (var x = 0; x < row.Length; x++)
                if (map.IsValid(row[x]) && !Agrees(row[x], x, other, back))
                    row[x] = none;
        }
        return new DisparityMap(map.Width, map.Height, kept, map.MinDisparity, map.NumDisparities);
    }

    private bool Agrees(short value, int x, ReadOnlySpan<short> other, DisparityMap back)
    {
        var partner = x - (value + DisparityMap.Scale / 2 >> 4);   // to the nearest pixel
        if (partner < 0 || partner >= other.Length)
            return false;
        var found = other[other.Length - 1 - partner];
        return back.IsValid(found) && Math.Abs(found - value) <= tolerance;
    }
}
