using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Where corners were seen: both eyes side by side, every corner a dot, each pair in a shade of its own.</summary>
public static class CoveragePicture
{
    private const int Gap = 8;

    /// <summary>The picture as a PNG.</summary>
    public static byte[] Draw(IReadOnlyList<BoardPair> pairs, ChessBoard board, Size picture)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        using var canvas = new Mat(picture.Height, (2 * picture.Width) + Gap, MatType.CV_8UC3, Scalar.All(32));
        Cv2.Rectangle(canvas, new Rect(picture.Width, 0, Gap, picture.Height), Scalar.White, -1);
        for (var i = 0; i < pairs.Count; i++)
        {
            var shade = Shade(i, pairs.Count);
            DrawBoard(canvas, pairs[i].Left, board, 0, shade);
            DrawBoard(canvas, pairs[i].Right, board, picture.Width + Gap, shade);
        }
        return EncodedPicture.Encode(".png", canvas);
    }

    private static void DrawBoard(Mat canvas, Point2f[] corners, ChessBoard board, int shift, Scalar shade)
    {
        Point At(int i) => new(corners[i].X + shift, corners[i].Y);
        int[] outline = [0, board.Columns - 1, corners.Length - 1, corners.Length - board.Columns, 0];
        for (var i = 1; i < outline.Length; i++)
            Cv2.Line(canvas, At(outline[i - 1]), At(outline[i]), shade, 1, LineTypes.AntiAlias);
        for (var i = 0; i < corners.Length; i++)
            Cv2.Rectangle(canvas, new Rect(At(i).X - 1, At(i).Y - 1, 3, 3), shade, -1);
    }

    // Round the wheel of hues: red, yellow, green, blue and back.
    private static Scalar Shade(int i, int count)
    {
        var hue = 6.0 * i / count;
        double Part(double middle) => 255 * Math.Clamp(2 - Math.Abs(((hue - middle + 9) % 6) - 3), 0.15, 1);
        return new Scalar(Part(4), Part(2), Part(0), 0);
    }
}
