using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// What is known about a rig: its picture size, the maps that rectify its pictures and, unless it comes from the blog's
/// own file, the cameras and the rectified geometry in metres. Immutable.
/// </summary>
public sealed partial class StereoCalibration
{
    private readonly float[] leftMapX;
    private readonly float[] leftMapY;
    private readonly float[] rightMapX;
    private readonly float[] rightMapY;

    private StereoCalibration(int imageWidth, int imageHeight, float[] leftMapX, float[] leftMapY, float[] rightMapX, float[] rightMapY)
    {
        (ImageWidth, ImageHeight) = (imageWidth, imageHeight);
        (this.leftMapX, this.leftMapY, this.rightMapX, this.rightMapY) = (leftMapX, leftMapY, rightMapX, rightMapY);
    }

    /// <summary>Columns of every picture of this rig.</summary>
    public int ImageWidth { get; }

    /// <summary>Rows of every picture of this rig.</summary>
    public int ImageHeight { get; }

    /// <summary>
    /// For each rectified pixel, row by row, the column of the left picture as taken that it comes from;
    /// ImageWidth * ImageHeight values in px.
    /// </summary>
    public ReadOnlySpan<float> LeftMapX => leftMapX;

    /// <summary>As <see cref="LeftMapX"/>, the row.</summary>
    public ReadOnlySpan<float> LeftMapY => leftMapY;

    /// <summary>As <see cref="LeftMapX"/>, of the right picture.</summary>
    public ReadOnlySpan<float> RightMapX => rightMapX;

    /// <summary>As <see cref="LeftMapX"/>, the row, of the right picture.</summary>
    public ReadOnlySpan<float> RightMapY => rightMapY;

    /// <summary>Where the rectified left picture shows the scene and no border; px.</summary>
    public Rect LeftRoi { get; private init; }

    /// <summary>Where the rectified right picture shows the scene and no border; px.</summary>
    public Rect RightRoi { get; private init; }

    /// <summary>The cameras, or null where the file held maps only.</summary>
    public StereoCameras? Cameras { get; private init; }

    /// <summary>The rectified geometry, or null where the file held maps only: then there is disparity but no depth in metres.</summary>
    public Rectification? Rectification { get; private init; }

    /// <summary>The distance of the cameras in metres, or null where the file held maps only.</summary>
    public double? BaselineMetres => Rectification?.BaselineMetres;

    /// <summary>The focal length of the rectified cameras in px, or null where the file held maps only.</summary>
    public double? FocalLengthPx => Rectification?.FocalLengthPx;

    /// <summary>Reprojection error of the stereo solve, px, where known.</summary>
    public double? RmsPx { get; private init; }

    /// <summary>The board it was found with, where known.</summary>
    public ChessBoard? Board { get; private init; }

    /// <summary>Rectifies a rig whose cameras are known: cv::stereoRectify, then cv::initUndistortRectifyMap for each.</summary>
    /// <param name="imageWidth">Columns of every picture, px.</param>
    /// <param name="imageHeight">Rows of every picture, px.</param>
    /// <param name="cameras">The cameras and how they stand.</param>
    /// <param name="rmsPx">Reprojection error of the stereo solve, where known.</param>
    /// <param name="board">The board, where known.</param>
    /// <param name="alpha">
    /// 0: zoomed until every rectified pixel shows the scene. 1: no pixel of the pictures is lost. Above 0 black wedges enter (the blog
    /// had 0.25), and a block matcher finds their edges instead of the scene.
    /// </param>
    /// <exception cref="InvalidDataException">The parameters cannot be a rig of two cameras side by side; the sentence says why.</exception>
    public static StereoCalibration FromCameras(
        int imageWidth, int imageHeight, StereoCameras cameras, double? rmsPx = null, ChessBoard? board = null, double alpha = 0)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        CheckImageSize(imageWidth, imageHeight);
        cameras.Validate();

        var size = new Size(imageWidth, imageHeight);
        using var k1 = Matrices.ToMat(cameras.K1);
        using var d1 = Matrices.ToColumn(cameras.D1);
        using var k2 = Matrices.ToMat(cameras.K2);
        using var d2 = Matrices.ToColumn(cameras.D2);
        using var r = Matrices.ToMat(cameras.R);
        using var t = Matrices.ToColumn(cameras.T);
        using var r1 = new Mat();
        using var r2 = new Mat();
        using var p1 = new Mat();
        using var p2 = new Mat();
        using var q = new Mat();
        // Zero disparity: both principal points in one column, so that depth is f * B / d and nothing more.
        Cv2.StereoRectify(k1, d1, k2, d2, size, r, t, r1, r2, p1, p2, q, StereoRectificationFlags.ZeroDisparity, alpha, size, out var leftRoi, out var rightRoi);

        var rectification = new Rectification(
            Matrices.FromMat(r1), Matrices.FromMat(r2), Matrices.FromMat(p1), Matrices.FromMat(p2), Matrices.FromMat(q));
        rectification.Validate();
        var (leftMapX, leftMapY) = Maps(k1, d1, r1, p1, size);
        var (rightMapX, rightMapY) = Maps(k2, d2, r2, p2, size);
        return new StereoCalibration(imageWidth, imageHeight, leftMapX, leftMapY, rightMapX, rightMapY)
        {
            LeftRoi = leftRoi,
            RightRoi = rightRoi,
            Cameras = cameras,
            Rectification = rectification,
            RmsPx = rmsPx,
            Board = board,
        };
    }

    /// <summary>Refuses a picture of another size.</summary>
    /// <exception cref="InvalidDataException">The sentence names both sizes.</exception>
    public void RequireSize(int width, int height, string name)
    {
        if (width != ImageWidth || height != ImageHeight)
            throw new InvalidDataException($"{name} is {width}x{height}, but the calibration is for {ImageWidth}x{ImageHeight}.");
    }

    /// <summary>The geometry, for work that needs metres.</summary>
    /// <exception cref="InvalidOperationException">The calibration holds maps only.</exception>
    internal Rectification RequireRectification() => Rectification ?? throw new InvalidOperationException(
        "This calibration holds rectification maps only, without the cameras' distance: there is disparity, but no depth in metres. Calibrate the rig to get it.");

    /// <summary>The cameras and the geometry, for a file that tells both.</summary>
    /// <exception cref="InvalidDataException">The calibration holds maps only, or maps and a geometry.</exception>
    internal (StereoCameras Cameras, Rectification Rectification) RequireGeometry(string what) => Cameras is { } cameras && Rectification is { } rectification
        ? (cameras, rectification)
        : throw new InvalidDataException($"{what} tells the cameras, and this calibration holds rectification maps without them. Keep it as .npz, or calibrate the rig (receiver calibrate).");

    private static (float[] MapX, float[] MapY) Maps(Mat k, Mat d, Mat r, Mat p, Size size)
    {
        using var mapX = new Mat();
        using var mapY = new Mat();
        Cv2.InitUndistortRectifyMap(k, d, r, p, size, MatType.CV_32FC1, mapX, mapY);
        return (Matrices.FromMap(mapX), Matrices.FromMap(mapY));
    }

    private static void CheckImageSize(int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > EncodedPicture.MaxPixels)
            throw new InvalidDataException($"The image size is {width}x{height}; 1 to {EncodedPicture.MaxPixels} pixels were expected.");
    }
}
