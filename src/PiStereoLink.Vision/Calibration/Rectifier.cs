using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Makes rectified pictures. Owns the maps, converted once to OpenCV's fixed-point form (CV_16SC2 and a table of
/// 1/32 px fractions): cv::remap computes in 1/32 px with float maps too, so the pictures are the same and a frame costs less.
/// Calls only read the maps: several threads may rectify at once, as long as nobody disposes.
/// </summary>
public sealed class Rectifier : IDisposable
{
    private readonly StereoCalibration calibration;
    private readonly Mat leftMap = new();
    private readonly Mat leftFractions = new();
    private readonly Mat rightMap = new();
    private readonly Mat rightFractions = new();

    /// <summary>Converts the maps of a calibration.</summary>
    public Rectifier(StereoCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        this.calibration = calibration;
        ToFixedPoint(calibration, calibration.LeftMapX, calibration.LeftMapY, leftMap, leftFractions);
        ToFixedPoint(calibration, calibration.RightMapX, calibration.RightMapY, rightMap, rightFractions);
    }

    /// <summary>Rectifies a pair as taken, grey or colour, into <paramref name="rectifiedLeft"/> and <paramref name="rectifiedRight"/>, whose memory is used again.</summary>
    /// <exception cref="InvalidDataException">A picture has another size than the calibration.</exception>
    public void Rectify(Mat left, Mat right, Mat rectifiedLeft, Mat rectifiedRight)
    {
        RectifyLeft(left, rectifiedLeft);
        Require(right, "The right picture");
        Cv2.Remap(right, rectifiedRight, rightMap, rightFractions);
    }

    /// <summary>Rectifies a left picture alone.</summary>
    /// <exception cref="InvalidDataException">It has another size than the calibration.</exception>
    public void RectifyLeft(Mat left, Mat rectified)
    {
        Require(left, "The left picture");
        Cv2.Remap(left, rectified, leftMap, leftFractions);
    }

    /// <summary>Rectifies one left picture without keeping anything: for a picture now and then.</summary>
    /// <exception cref="InvalidDataException">It has another size than the calibration.</exception>
    public static void RectifyLeftOnce(StereoCalibration calibration, Mat left, Mat rectified)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(left);
        calibration.RequireSize(left.Cols, left.Rows, "The left picture");
        using var mapX = Matrices.ToMap(calibration.LeftMapX, calibration.ImageWidth, calibration.ImageHeight);
        using var mapY = Matrices.ToMap(calibration.LeftMapY, calibration.ImageWidth, calibration.ImageHeight);
        Cv2.Remap(left, rectified, mapX, mapY);
    }

    /// <summary>Frees the maps.</summary>
    public void Dispose()
    {
        leftMap.Dispose();
        leftFractions.Dispose();
        rightMap.Dispose();
        rightFractions.Dispose();
    }

    private static void ToFixedPoint(StereoCalibration calibration, ReadOnlySpan<float> mapX, ReadOnlySpan<float> mapY, Mat map, Mat fractions)
    {
        using var x = Matrices.ToMap(mapX, calibration.ImageWidth, calibration.ImageHeight);
        using var y = Matrices.ToMap(mapY, calibration.ImageWidth, calibration.ImageHeight);
        Cv2.ConvertMaps(x, y, map, fractions, MatType.CV_16SC2);
    }

    private void Require(Mat picture, string name)
    {
        ArgumentNullException.ThrowIfNull(picture);
        calibration.RequireSize(picture.Cols, picture.Rows, name);
    }
}
