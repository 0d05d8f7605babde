using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/calibrate.cpp
internal static partial class Native
{
    [LibraryImport(OpenCv)]
    public static partial nint FindChessboardCorners(MatHandle image, int columns, int rows, int flags, Span<Point2f> corners, out int count, out int found);

    [LibraryImport(OpenCv)]
    public static partial nint CornerSubPix(
        MatHandle image, Span<Point2f> corners, int count, int windowWidth, int windowHeight, int zoneWidth, int zoneHeight, int type, int iterations, double epsilon);

    [LibraryImport(OpenCv)]
    public static partial nint CalibrateCamera(
        ReadOnlySpan<Point3f> objectPoints, ReadOnlySpan<Point2f> imagePoints, ReadOnlySpan<int> counts, int count, int width, int height,
        Span<double> camera, Span<double> distortion, int coefficients, Span<Vec3d> rotations, Span<Vec3d> translations,
        int flags, int type, int iterations, double epsilon, out double rms);

    [LibraryImport(OpenCv)]
    public static partial nint StereoCalibrate(
        ReadOnlySpan<Point3f> objectPoints, ReadOnlySpan<Point2f> imagePoints1, ReadOnlySpan<Point2f> imagePoints2, ReadOnlySpan<int> counts, int count, int width, int height,
        Span<double> camera1, Span<double> distortion1, int coefficients1, Span<double> camera2, Span<double> distortion2, int coefficients2,
        MatHandle r, MatHandle t, MatHandle e, MatHandle f, int flags, int type, int iterations, double epsilon, out double rms);
}
