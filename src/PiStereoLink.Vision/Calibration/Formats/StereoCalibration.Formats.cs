using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Calibrations whose rectification was made elsewhere and is kept as it came.</summary>
public sealed partial class StereoCalibration
{
    /// <summary>A rig whose maps are known and whose cameras are not.</summary>
    internal static StereoCalibration FromMaps(RectifyingMap left, RectifyingMap right, Rectification? rectification, Rect? leftRoi = null, Rect? rightRoi = null)
    {
        CheckImageSize(left.Width, left.Height);
        rectification?.Validate();
        return new StereoCalibration(left.Width, left.Height, left.X, left.Y, right.X, right.Y)
        {
            LeftRoi = leftRoi ?? left.Region(),
            RightRoi = rightRoi ?? right.Region(),
            Rectification = rectification,
        };
    }

    /// <summary>A rig whose cameras and rectification are both known: the maps are cv::initUndistortRectifyMap's.</summary>
    internal static StereoCalibration FromRectified(int imageWidth, int imageHeight, StereoCameras cameras, Rectification rectification, double? rmsPx = null, ChessBoard? board = null)
    {
        CheckImageSize(imageWidth, imageHeight);
        cameras.Validate();
        rectification.Validate();
        var left = Map(cameras.K1, cameras.D1, rectification.R1, rectification.P1);
        var right = Map(cameras.K2, cameras.D2, rectification.R2, rectification.P2);
        return new StereoCalibration(imageWidth, imageHeight, left.X, left.Y, right.X, right.Y)
        {
            LeftRoi = left.Region(),
            RightRoi = right.Region(),
            Cameras = cameras,
            Rectification = rectification,
            RmsPx = rmsPx,
            Board = board,
        };

        RectifyingMap Map(double[,] camera, double[] distortion, double[,] rotation, double[,] projection)
        {
            using var k = Matrices.ToMat(camera);
            using var d = Matrices.ToColumn(distortion);
            using var r = Matrices.ToMat(rotation);
            using var p = Matrices.ToMat(projection);
            var (x, y) = Maps(k, d, r, p, new Size(imageWidth, imageHeight));
            return new RectifyingMap(imageWidth, imageHeight, x, y);
        }
    }
}
