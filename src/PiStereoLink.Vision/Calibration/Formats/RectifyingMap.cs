using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>For each rectified pixel, row by row, the place in the picture as taken that it comes from; px.</summary>
internal sealed record RectifyingMap(int Width, int Height, float[] X, float[] Y)
{
    /// <summary>
    /// From OpenCV's fixed-point form: whole pixels as pairs of shorts (CV_16SC2), and a table index that holds the two
    /// fractions in 1/32 px, y above x in five bits each (cv::convertMaps).
    /// </summary>
    public static RectifyingMap FromFixedPoint(int width, int height, int[] whole, int[] fractions)
    {
        var (x, y) = (new float[width * height], new float[width * height]);
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = whole[2 * i] + (fractions[i] & 31) / 32f;
            y[i] = whole[2 * i + 1] + (fractions[i] >> 5 & 31) / 32f;
        }
        return new RectifyingMap(width, height, x, y);
    }

    /// <summary>
    /// A region in which every pixel comes from the picture, none from beyond its border: the whole, less the sides that show
    /// most of what lies beyond, one after the other.
    /// </summary>
    public Rect Region()
    {
        var (left, top, right, bottom) = (0, 0, Width, Height);
        while (left < right && top < bottom)
        {
            // As shares: a short side would otherwise look better than it is.
            var (across, down) = ((double)(right - left), (double)(bottom - top));
            (double Share, int Side)[] sides =
            [
                (BeyondInColumn(left, top, bottom) / down, 0), (BeyondInColumn(right - 1, top, bottom) / down, 1),
                (BeyondInRow(top, left, right) / across, 2), (BeyondInRow(bottom - 1, left, right) / across, 3),
            ];
            var (share, worst) = sides.Max();
            if (share == 0)
                return new Rect(left, top, right - left, bottom - top);
            (left, right, top, bottom) = worst switch
            {
                0 => (left + 1, right, top, bottom),
                1 => (left, right - 1, top, bottom),
                2 => (left, right, top + 1, bottom),
                _ => (left, right, top, bottom - 1),
            };
        }
        return new Rect(0, 0, 0, 0);
    }

    private int BeyondInColumn(int column, int top, int bottom) => Enumerable.Range(top, bottom - top).Count(row => IsBeyond(row * Width + column));

    private int BeyondInRow(int row, int left, int right) => Enumerable.Range(left, right - left).Count(column => IsBeyond(row * Width + column));

    private bool IsBeyond(int i) => !(X[i] >= 0 && X[i] <= Width - 1 && Y[i] >= 0 && Y[i] <= Height - 1);
}
