using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Web;

/// <summary>What <c>/rigs/{name}/calibration</c> tells: enough to turn disparity into points elsewhere. Matrices row by row; T in metres.</summary>
public sealed record CalibrationAnswer(
    int[] ImageSize, double? FocalLengthPx, double? BaselineMetres, double[]? PrincipalPointPx,
    double[][]? K1, double[]? D1, double[][]? K2, double[]? D2, double[][]? R, double[]? T,
    double[][]? R1, double[][]? R2, double[][]? P1, double[][]? P2, double[][]? Q, double? RmsPx)
{
    public static CalibrationAnswer Of(StereoCalibration calibration)
    {
        var (cameras, geometry) = (calibration.Cameras, calibration.Rectification);
        return new CalibrationAnswer(
            [calibration.ImageWidth, calibration.ImageHeight], calibration.FocalLengthPx, calibration.BaselineMetres,
            geometry is null ? null : [geometry.CentreX, geometry.CentreY],
            Rows(cameras?.K1), cameras?.D1, Rows(cameras?.K2), cameras?.D2, Rows(cameras?.R), cameras?.T,
            Rows(geometry?.R1), Rows(geometry?.R2), Rows(geometry?.P1), Rows(geometry?.P2), Rows(geometry?.Q), calibration.RmsPx);
    }

    private static double[][]? Rows(double[,]? matrix) => matrix is null
        ? null
        : [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column]).ToArray())];
}
