namespace OpenCvSharp;

// From two calibrated cameras to rectified pictures, and from a disparity to points.
public static partial class Cv2
{
    /// <summary>A rotation vector into a matrix, or a matrix into a vector.</summary>
    public static void Rodrigues(InputArray src, OutputArray dst, OutputArray? jacobian = null) =>
        Native.Check(Native.Rodrigues(Argument.Of(src), Argument.Of(dst), Argument.OrNone(jacobian)));

    /// <summary>Turns both cameras so that their rows match. T must be 3x1.</summary>
    public static void StereoRectify(
        InputArray cameraMatrix1, InputArray distCoeffs1, InputArray cameraMatrix2, InputArray distCoeffs2, Size imageSize, InputArray R, InputArray T,
        OutputArray R1, OutputArray R2, OutputArray P1, OutputArray P2, OutputArray Q,
        StereoRectificationFlags flags = StereoRectificationFlags.ZeroDisparity, double alpha = -1, Size? newImageSize = null) =>
        StereoRectify(cameraMatrix1, distCoeffs1, cameraMatrix2, distCoeffs2, imageSize, R, T, R1, R2, P1, P2, Q, flags, alpha, newImageSize.GetValueOrDefault(), out _, out _);

    /// <summary>Turns both cameras so that their rows match, and says which part of each picture is valid then. T must be 3x1.</summary>
    public static void StereoRectify(
        InputArray cameraMatrix1, InputArray distCoeffs1, InputArray cameraMatrix2, InputArray distCoeffs2, Size imageSize, InputArray R, InputArray T,
        OutputArray R1, OutputArray R2, OutputArray P1, OutputArray P2, OutputArray Q,
        StereoRectificationFlags flags, double alpha, Size newImageSize, out Rect validPixROI1, out Rect validPixROI2)
    {
        Span<Rect> valid = stackalloc Rect[2];
        Native.Check(Native.StereoRectify(
            Argument.Of(cameraMatrix1), Argument.Of(distCoeffs1), Argument.Of(cameraMatrix2), Argument.Of(distCoeffs2), imageSize.Width, imageSize.Height,
            Argument.Of(R), Argument.Of(T), Argument.Of(R1), Argument.Of(R2), Argument.Of(P1), Argument.Of(P2), Argument.Of(Q),
            (int)flags, alpha, newImageSize.Width, newImageSize.Height, valid));
        (validPixROI1, validPixROI2) = (valid[0], valid[1]);
    }

    /// <summary>The maps for <see cref="Remap"/> that undo the lens and turn the camera.</summary>
    public static void InitUndistortRectifyMap(InputArray cameraMatrix, InputArray distCoeffs, InputArray r, InputArray newCameraMatrix, Size size, MatType m1Type, OutputArray map1, OutputArray map2) =>
        Native.Check(Native.InitUndistortRectifyMap(
            Argument.Of(cameraMatrix), Argument.Of(distCoeffs), Argument.Of(r), Argument.Of(newCameraMatrix), size.Width, size.Height, m1Type.Value, Argument.Of(map1), Argument.Of(map2)));

    /// <summary>Takes small islands of one disparity out of the sea of another.</summary>
    public static void FilterSpeckles(InputOutputArray img, double newVal, int maxSpeckleSize, double maxDiff, InputOutputArray? buf = null) =>
        Native.Check(Native.FilterSpeckles(Argument.Of(img), newVal, maxSpeckleSize, maxDiff, Argument.OrNone(buf)));

    /// <summary>A point in space for each pixel of a disparity.</summary>
    public static void ReprojectImageTo3D(InputArray disparity, OutputArray _3dImage, InputArray Q, bool handleMissingValues = false, int ddepth = -1) =>
        Native.Check(Native.ReprojectImageTo3D(Argument.Of(disparity), Argument.Of(_3dImage), Argument.Of(Q), handleMissingValues ? 1 : 0, ddepth));
}
