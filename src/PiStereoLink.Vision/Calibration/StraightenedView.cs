using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// A picture as a pinhole would have taken it, if a fisheye of middling strength took it: edges that were too bent for a detector are nearly straight. The
/// lens is a guess (equidistant: the distance from the middle is focal length times angle), so what is found is to be looked at again in the picture itself.
/// </summary>
internal sealed class StraightenedView : IDisposable
{
    /// <summary>Focal length per longer side: about 95 degrees across. Stronger guesses find no more boards of a lens with 0.45, and take longer.</summary>
    private const double FocalPerSide = 0.6;

    // The rim is stretched, so the middle must not shrink.
    private const double Enlargement = 1.5, SmallestSide = 640, LargestSide = 960;

    private readonly double lensFocal, focal;
    private readonly (double X, double Y) middle, viewMiddle;

    /// <param name="grey">The picture, CV_8UC1.</param>
    public StraightenedView(Mat grey)
    {
        var side = Math.Max(grey.Cols, grey.Rows);
        var scale = Math.Clamp(Enlargement * side, SmallestSide, LargestSide) / side;
        var size = new Size((int)Math.Round(scale * grey.Cols), (int)Math.Round(scale * grey.Rows));
        (middle, viewMiddle) = (((grey.Cols - 1) / 2.0, (grey.Rows - 1) / 2.0), ((size.Width - 1) / 2.0, (size.Height - 1) / 2.0));
        lensFocal = FocalPerSide * side;
        focal = scale * side / 2 / Math.Tan(side / 2.0 / lensFocal);
        Picture = Straighten(grey, size);
    }

    public Mat Picture { get; }

    /// <summary>Where a place of the view lies in the picture, px.</summary>
    public Point2f InPicture(Point2f place)
    {
        var (u, v) = (place.X - viewMiddle.X, place.Y - viewMiddle.Y);
        var distance = Math.Sqrt((u * u) + (v * v));
        var share = distance < 1e-6 ? lensFocal / focal : lensFocal * Math.Atan(distance / focal) / distance;
        return new Point2f((float)(middle.X + (u * share)), (float)(middle.Y + (v * share)));
    }

    public void Dispose() => Picture.Dispose();

    private Mat Straighten(Mat grey, Size size)
    {
        using var mapX = new Mat(size.Height, size.Width, MatType.CV_32FC1);
        using var mapY = new Mat(size.Height, size.Width, MatType.CV_32FC1);
        for (var row = 0; row < size.Height; row++)
        {
            var xs = mapX.RowSpan<float>(row);
            var ys = mapY.RowSpan<float>(row);
            for (var column = 0; column < size.Width; column++)
            {
                var place = InPicture(new Point2f(column, row));
                (xs[column], ys[column]) = (place.X, place.Y);
            }
        }
        var picture = new Mat();
        Cv2.Remap(grey, picture, mapX, mapY);
        return picture;
    }
}
