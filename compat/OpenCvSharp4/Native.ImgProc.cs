using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/imgproc.cpp
internal static partial class Native
{
    [LibraryImport(OpenCv)]
    public static partial nint CvtColor(MatHandle from, MatHandle to, int code, int channels);

    [LibraryImport(OpenCv)]
    public static partial nint Resize(MatHandle from, MatHandle to, int width, int height, double fx, double fy, int interpolation);

    [LibraryImport(OpenCv)]
    public static partial nint Remap(MatHandle from, MatHandle to, MatHandle map1, MatHandle map2, int interpolation, int border, in Scalar borderValue);

    [LibraryImport(OpenCv)]
    public static partial nint ConvertMaps(MatHandle map1, MatHandle map2, MatHandle to1, MatHandle to2, int type, int nearest);

    [LibraryImport(OpenCv)]
    public static partial nint ApplyColorMap(MatHandle from, MatHandle to, int map);

    [LibraryImport(OpenCv)]
    public static partial nint ApplyUserColorMap(MatHandle from, MatHandle to, MatHandle map);

    [LibraryImport(OpenCv)]
    public static partial nint Line(MatHandle image, int x1, int y1, int x2, int y2, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(OpenCv)]
    public static partial nint Rectangle(MatHandle image, int x1, int y1, int x2, int y2, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(OpenCv)]
    public static partial nint RectangleOf(MatHandle image, int x, int y, int width, int height, in Scalar color, int thickness, int type, int shift);

    [LibraryImport(OpenCv, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint PutText(MatHandle image, string text, int x, int y, int font, double scale, in Scalar color, int thickness, int type, int bottomLeft);
}
