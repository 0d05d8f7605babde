namespace OpenCvSharp;

// Lines, boxes and letters on a picture.
public static partial class Cv2
{
    /// <summary>Draws a line.</summary>
    public static void Line(InputOutputArray img, int pt1X, int pt1Y, int pt2X, int pt2Y, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Native.Check(Native.Line(Argument.Of(img), pt1X, pt1Y, pt2X, pt2Y, in color, thickness, (int)lineType, shift));

    /// <summary>Draws a line.</summary>
    public static void Line(InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Line(img, pt1.X, pt1.Y, pt2.X, pt2.Y, color, thickness, lineType, shift);

    /// <summary>Draws a box from corner to corner, or fills it when the thickness is negative.</summary>
    public static void Rectangle(InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Native.Check(Native.Rectangle(Argument.Of(img), pt1.X, pt1.Y, pt2.X, pt2.Y, in color, thickness, (int)lineType, shift));

    /// <summary>Draws a box, or fills it when the thickness is negative.</summary>
    public static void Rectangle(InputOutputArray img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Native.Check(Native.RectangleOf(Argument.Of(img), rect.X, rect.Y, rect.Width, rect.Height, in color, thickness, (int)lineType, shift));

    /// <summary>Draws a box, or fills it when the thickness is negative.</summary>
    public static void Rectangle(Mat img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Rectangle((InputOutputArray)img, rect, color, thickness, lineType, shift);

    /// <summary>Draws a box from corner to corner, or fills it when the thickness is negative.</summary>
    public static void Rectangle(Mat img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Rectangle((InputOutputArray)img, pt1, pt2, color, thickness, lineType, shift);

    /// <summary>Writes a line of letters; ASCII only.</summary>
    public static void PutText(InputOutputArray img, string text, Point org, HersheyFonts fontFace, double fontScale, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, bool bottomLeftOrigin = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        Native.Check(Native.PutText(Argument.Of(img), text, org.X, org.Y, (int)fontFace, fontScale, in color, thickness, (int)lineType, bottomLeftOrigin ? 1 : 0));
    }
}
