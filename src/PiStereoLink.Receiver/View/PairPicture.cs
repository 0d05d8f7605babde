using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.View;

/// <summary>What the window shows of a pair: left and right as taken above, both rectified and the disparity below.</summary>
public static class PairPicture
{
    /// <summary>Two of them and the sliders below fit a screen of 1080 rows.</summary>
    private const int CellWidth = 480;

    private const int RowLines = 12, TextHeight = 18, KnobsInLine = 3;

    private static readonly Scalar LineColour = new(80, 220, 80), TextColour = new(255, 255, 255), TextShadow = new(0, 0, 0);

    /// <summary>Draws it.</summary>
    /// <param name="frame">The pair, worked through.</param>
    /// <param name="parameters">What it was worked through with; written out, since sliders show positions.</param>
    /// <param name="words">A line to say; ASCII.</param>
    /// <returns>CV_8UC3; the caller disposes it.</returns>
    public static Mat Draw(DepthFrame frame, MatcherParameters parameters, string words)
    {
        using var left = EncodedPicture.DecodeColour(frame.LeftPicture.Span, "The left picture");
        using var right = EncodedPicture.DecodeColour(frame.RightPicture.Span, "The right picture");
        var cell = new Size(CellWidth, Math.Max(1, (int)Math.Round((double)CellWidth * left.Rows / left.Cols)));
        var picture = new Mat(2 * cell.Height, 2 * cell.Width, MatType.CV_8UC3, new Scalar(0, 0, 0));
        Put(left, picture, new Rect(0, 0, cell.Width, cell.Height));
        Put(right, picture, new Rect(cell.Width, 0, cell.Width, cell.Height));
        PutRectified(frame, left, right, picture, new Rect(0, cell.Height, cell.Width, cell.Height));
        PutDisparity(frame.Disparity, picture, new Rect(cell.Width, cell.Height, cell.Width, cell.Height));
        Write(picture, words, new Point(8, cell.Height + 20 + TextHeight));
        var line = picture.Rows - cell.Height / 4 + TextHeight;
        foreach (var knobs in parameters.Knobs.Chunk(KnobsInLine))
        {
            Write(picture, string.Join("  ", knobs.Select(knob => $"{knob.Name} {knob.Text(parameters)}")), new Point(8, line));
            line += TextHeight;
        }
        Write(picture, "left", new Point(8, 20));
        Write(picture, "right", new Point(cell.Width + 8, 20));
        Write(picture, frame.Calibration is null ? "as taken: no calibration" : "rectified: what is level lies on one line", new Point(8, cell.Height + 20));
        Write(picture, "disparity", new Point(cell.Width + 8, cell.Height + 20));
        return picture;
    }

    /// <summary>Both at half size beside each other, with lines across: the same corner must lie on the same line in both.</summary>
    private static void PutRectified(DepthFrame frame, Mat left, Mat right, Mat picture, Rect into)
    {
        using var rectifier = frame.Calibration is null ? null : new Rectifier(frame.Calibration);
        using Mat rectifiedLeft = new(), rectifiedRight = new();
        rectifier?.Rectify(left, right, rectifiedLeft, rectifiedRight);
        var half = new Rect(into.X, into.Y + into.Height / 4, into.Width / 2, into.Height / 2);
        Put(rectifier is null ? left : rectifiedLeft, picture, half);
        Put(rectifier is null ? right : rectifiedRight, picture, half with { X = half.X + half.Width });
        for (var line = 1; line < RowLines; line++)
            Cv2.Line(picture, half.X, half.Y + line * half.Height / RowLines, half.X + 2 * half.Width, half.Y + line * half.Height / RowLines, LineColour);
    }

    private static void PutDisparity(DisparityMap disparity, Mat picture, Rect into)
    {
        var colours = DisparityPicture.Render(disparity);
        using var mat = new Mat(colours.Height, colours.Width, MatType.CV_8UC3);
        for (var row = 0; row < colours.Height; row++)
            colours.Row(row).CopyTo(mat.RowSpan<Bgr>(row));
        Put(mat, picture, into);
    }

    private static void Put(Mat from, Mat picture, Rect into)
    {
        using var place = picture.SubMat(into);
        using var fitted = new Mat();
        Cv2.Resize(from, fitted, new Size(into.Width, into.Height), interpolation: InterpolationFlags.Area);
        fitted.CopyTo(place);
    }

    private static void Write(Mat picture, string words, Point at)
    {
        Cv2.PutText(picture, words, at, HersheyFonts.HersheySimplex, 0.4, TextShadow, thickness: 3);
        Cv2.PutText(picture, words, at, HersheyFonts.HersheySimplex, 0.4, TextColour);
    }
}
