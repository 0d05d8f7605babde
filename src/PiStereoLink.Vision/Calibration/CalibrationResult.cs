namespace PiStereoLink.Vision;

/// <summary>A calibration and how good it is.</summary>
/// <param name="Calibration">What is kept.</param>
/// <param name="Lens">The lens model that both eyes got.</param>
/// <param name="Used">The pairs that it was made from.</param>
/// <param name="Dropped">Those that did not fit.</param>
/// <param name="RmsLeft">Reprojection error of the left eye alone, px.</param>
/// <param name="RmsRight">Of the right eye alone, px.</param>
/// <param name="RmsStereo">Of both eyes with one board between them, px.</param>
/// <param name="EpipolarErrorPx">How far apart the rows are in which the rectified eyes see one corner, px RMS.</param>
/// <param name="Coverage">The worse of both eyes.</param>
/// <param name="HoldsToTheRim">Whether the lens model makes sense up to the corners of both pictures.</param>
public sealed record CalibrationResult(
    StereoCalibration Calibration, LensModel Lens, IReadOnlyList<BoardPair> Used, IReadOnlyList<DroppedPair> Dropped,
    double RmsLeft, double RmsRight, double RmsStereo, double EpipolarErrorPx, BoardCoverage Coverage, bool HoldsToTheRim)
{
    /// <summary>The distance of the cameras, metres.</summary>
    public double BaselineMetres => Calibration.BaselineMetres!.Value;
}
