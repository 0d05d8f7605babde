using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/core.cpp
internal static partial class Native
{
    [LibraryImport(OpenCv)]
    public static partial nint MatNew(out MatHandle mat);

    [LibraryImport(OpenCv)]
    public static partial void MatDelete(nint mat);

    [LibraryImport(OpenCv)]
    public static partial nint MatNewOf(int rows, int columns, int type, out MatHandle mat);

    [LibraryImport(OpenCv)]
    public static partial nint MatNewOver(int rows, int columns, int type, nint data, long step, out MatHandle mat);

    [LibraryImport(OpenCv)]
    public static partial nint MatPart(MatHandle mat, int top, int bottom, int left, int right, out MatHandle part);

    [LibraryImport(OpenCv)]
    public static partial nint MatReshape(MatHandle mat, int channels, int rows, out MatHandle reshaped);

    [LibraryImport(OpenCv)]
    public static partial nint MatCreate(MatHandle mat, int rows, int columns, int type);

    [LibraryImport(OpenCv)]
    public static partial nint MatCopyTo(MatHandle mat, MatHandle copy, MatHandle mask);

    [LibraryImport(OpenCv)]
    public static partial nint MatConvertTo(MatHandle mat, MatHandle converted, int type, double alpha, double beta);

    [LibraryImport(OpenCv)]
    public static partial nint MatSetToScalar(MatHandle mat, in Scalar value, MatHandle mask);

    [LibraryImport(OpenCv)]
    public static partial nint MatSetTo(MatHandle mat, MatHandle value, MatHandle mask);

    [LibraryImport(OpenCv)]
    public static partial nint MatSetIdentity(MatHandle mat);

    [LibraryImport(OpenCv)]
    public static partial nint MinMaxLoc(MatHandle mat, Span<double> values, Span<Point> places, MatHandle mask);

    [LibraryImport(OpenCv)]
    public static partial nint Normalize(MatHandle from, MatHandle to, double alpha, double beta, int norm, int type, MatHandle mask);

    [LibraryImport(OpenCv)]
    public static partial nint Flip(MatHandle from, MatHandle to, int mode);

    [LibraryImport(OpenCv)]
    public static partial nint SetNumThreads(int threads);

    [LibraryImport(OpenCv)]
    public static partial nint GetNumThreads(out int threads);

    [LibraryImport(OpenCv)]
    public static partial nint GetVersionString(out nint version);
}
