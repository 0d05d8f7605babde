namespace PiStereoLink.Vision;

/// <summary>Depth from disparity in a rectified rig.</summary>
public static class Depth
{
    /// <summary>
    /// Z = f * B / d: focal length in px times baseline in metres over disparity in px (two similar triangles; for example
    /// Hartley and Zisserman, Multiple View Geometry, chapter 9). A disparity of 0 or less lies at infinity.
    /// </summary>
    public static double FromDisparity(double focalLengthPx, double baselineMetres, double disparityPx) =>
        disparityPx > 0 ? focalLengthPx * baselineMetres / disparityPx : double.PositiveInfinity;

    /// <summary>As above for a calibrated rig, whose principal points may differ by <see cref="Rectification.InfinityDisparityPx"/>.</summary>
    /// <exception cref="InvalidOperationException">The calibration holds maps only.</exception>
    public static double FromDisparity(StereoCalibration calibration, double disparityPx)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        var rig = calibration.RequireRectification();
        return FromDisparity(rig.FocalLengthPx, rig.BaselineMetres, disparityPx - rig.InfinityDisparityPx);
    }

    /// <summary>The depth of each pixel of the rectified left picture in metres; infinity = none.</summary>
    /// <exception cref="InvalidOperationException">The calibration holds maps only.</exception>
    public static FloatPicture FromDisparity(DisparityMap disparity, StereoCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(calibration);
        var rig = calibration.RequireRectification();
        var depths = GC.AllocateUninitializedArray<float>(disparity.Width * disparity.Height);
        var values = disparity.Values;
        for (var i = 0; i < depths.Length; i++)
        {
            depths[i] = disparity.IsValid(values[i])
                ? (float)FromDisparity(rig.FocalLengthPx, rig.BaselineMetres, values[i] / (double)DisparityMap.Scale - rig.InfinityDisparityPx)
                : float.PositiveInfinity;
        }
        return new FloatPicture(disparity.Width, disparity.Height, depths);
    }

    internal static StereoCalibration RequireCalibration(StereoCalibration? calibration) => calibration ?? throw new InvalidOperationException(
        "This rig has no calibration, so the distance of its cameras is not known: there is disparity, but no depth in metres. Give the rig a calibration to get it.");
}
