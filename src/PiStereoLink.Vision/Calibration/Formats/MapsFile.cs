using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// The .npz of the StereoPi tutorials (stereo_camera_calibration.npz) and of scripts that keep what cv2.stereoRectify returned
/// under the name dispartityToDepthMap, spelled so: maps, without regions or in fixed point, and Q in the board's own unit.
/// </summary>
internal static class MapsFile
{
    private const string DisparityToDepth = "dispartityToDepthMap";
    private static readonly string[] MapKeys = ["leftMapX", "leftMapY", "rightMapX", "rightMapY"];

    /// <summary>Has maps, and is not the file that is written here or by the blog.</summary>
    public static bool Fits(CalibrationArrays arrays) =>
        Array.TrueForAll(MapKeys, arrays.Has) && !arrays.Has("K1") && (arrays.Has(DisparityToDepth) || !arrays.Has("leftROI") && !arrays.Has("rightROI"));

    /// <param name="arrays">The file's arrays.</param>
    /// <param name="unitMetres">What Q counts in, metres; null where nobody knows: then there is disparity but no depth in metres.</param>
    public static StereoCalibration Read(CalibrationArrays arrays, double? unitMetres)
    {
        var size = arrays.Integers("imageSize", 2);
        var rectification = unitMetres is { } unit && arrays.Has(DisparityToDepth) ? Rectified.FromQ(arrays.Matrix(DisparityToDepth, 4, 4), unit) : null;
        return StereoCalibration.FromMaps(Map("left"), Map("right"), rectification, Region("left"), Region("right"));

        Rect? Region(string eye) => arrays.Has(eye + "ROI") ? arrays.Region(eye + "ROI", size[0], size[1]) : null;

        RectifyingMap Map(string eye) => arrays.IsFixedPoint(eye + "MapX")
            ? RectifyingMap.FromFixedPoint(size[0], size[1], arrays.Pairs(eye + "MapX", size[0], size[1]), arrays.Integers(eye + "MapY", checked(size[0] * size[1])))
            : new RectifyingMap(size[0], size[1], arrays.Map(eye + "MapX", size[0], size[1]), arrays.Map(eye + "MapY", size[0], size[1]));
    }
}
