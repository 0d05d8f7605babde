using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/calib3d.cpp
internal static partial class Native
{
    [LibraryImport(OpenCv)]
    public static partial nint Rodrigues(MatHandle from, MatHandle to, MatHandle jacobian);

    [LibraryImport(OpenCv)]
    public static partial nint StereoRectify(
        MatHandle camera1, MatHandle distortion1, MatHandle camera2, MatHandle distortion2, int width, int height, MatHandle r, MatHandle t,
        MatHandle r1, MatHandle r2, MatHandle p1, MatHandle p2, MatHandle q, int flags, double alpha, int newWidth, int newHeight, Span<Rect> valid);

    [LibraryImport(OpenCv)]
    public static partial nint InitUndistortRectifyMap(MatHandle camera, MatHandle distortion, MatHandle r, MatHandle newCamera, int width, int height, int type, MatHandle map1, MatHandle map2);

    [LibraryImport(OpenCv)]
    public static partial nint FilterSpeckles(MatHandle disparity, double newValue, int maxSize, double maxDifference, MatHandle buffer);

    [LibraryImport(OpenCv)]
    public static partial nint ReprojectImageTo3D(MatHandle disparity, MatHandle points, MatHandle q, int handleMissing, int depth);

    [LibraryImport(OpenCv)]
    public static partial nint StereoBMNew(int disparities, int blockSize, out MatcherHandle matcher);

    [LibraryImport(OpenCv)]
    public static partial nint StereoSGBMNew(
        int minDisparity, int disparities, int blockSize, int p1, int p2, int disp12MaxDiff, int preFilterCap,
        int uniquenessRatio, int speckleWindowSize, int speckleRange, int mode, out MatcherHandle matcher);

    [LibraryImport(OpenCv)]
    public static partial void MatcherDelete(nint matcher);

    [LibraryImport(OpenCv)]
    public static partial nint MatcherCompute(MatcherHandle matcher, MatHandle left, MatHandle right, MatHandle disparity);

    [LibraryImport(OpenCv)]
    public static partial nint MatcherGet(MatcherHandle matcher, MatcherProperty property, out int value);

    [LibraryImport(OpenCv)]
    public static partial nint MatcherSet(MatcherHandle matcher, MatcherProperty property, int value);

    [LibraryImport(OpenCv)]
    public static partial nint StereoBMGetRegion(MatcherHandle matcher, int which, out Rect region);

    [LibraryImport(OpenCv)]
    public static partial nint StereoBMSetRegion(MatcherHandle matcher, int which, in Rect region);
}

/// <summary>The knobs of a stereo matcher, by the numbers of native/calib3d.cpp.</summary>
internal enum MatcherProperty
{
    MinDisparity = 0, NumDisparities, BlockSize, SpeckleWindowSize, SpeckleRange, Disp12MaxDiff,
    BMPreFilterType = 10, BMPreFilterSize, BMPreFilterCap, BMTextureThreshold, BMUniquenessRatio, BMSmallerBlockSize,
    SGBMPreFilterCap = 20, SGBMUniquenessRatio, SGBMP1, SGBMP2, SGBMMode,
}
