namespace PiStereoLink.Vision;

/// <summary>
/// The folder of .npy files that the StereoVision library leaves (calib_result in the StereoPi tutorial): one array a file.
/// Its undistortion_map and rectification_map are the two maps of cv2.initUndistortRectifyMap, x and y.
/// </summary>
internal static class StereoPiFolder
{
    private static readonly string[] Files = [.. Eyes("cam_mats"), .. Eyes("dist_coefs"), "rot_mat", "trans_vec", .. Eyes("rect_trans"), .. Eyes("proj_mats"), .. Eyes("undistortion_map"), .. Eyes("rectification_map")];

    public static bool Fits(string folder) => File.Exists(Path.Combine(folder, "cam_mats_left.npy"));

    /// <param name="folder">The folder.</param>
    /// <param name="unitMetres">What trans_vec counts in, metres: the unit of the square's size. Null where nobody knows: then there are maps, but no metres.</param>
    public static StereoCalibration Read(string folder, double? unitMetres)
    {
        var arrays = new CalibrationArrays(Files.Where(name => File.Exists(At(folder, name))).ToDictionary(name => name, name => ReadFile(At(folder, name))));
        arrays.HasAll(Files);
        var (height, width) = arrays.Shape("undistortion_map_left") is [var rows, var columns]
            ? (rows, columns)
            : throw new InvalidDataException("undistortion_map_left is no map of two axes.");
        if (unitMetres is not { } unit)
            return StereoCalibration.FromMaps(Map("left"), Map("right"), rectification: null);

        var cameras = new StereoCameras(
            arrays.Matrix("cam_mats_left", 3, 3), arrays.Vector("dist_coefs_left"), arrays.Matrix("cam_mats_right", 3, 3), arrays.Vector("dist_coefs_right"),
            arrays.Matrix("rot_mat", 3, 3), [.. arrays.Vector("trans_vec", 3).Select(value => value * unit)]);
        var right = arrays.Matrix("proj_mats_right", 3, 4);
        right[0, 3] *= unit;
        return StereoCalibration.FromRectified(width, height, cameras, Rectified.FromProjections(
            arrays.Matrix("rect_trans_left", 3, 3), arrays.Matrix("rect_trans_right", 3, 3), arrays.Matrix("proj_mats_left", 3, 4), right));

        RectifyingMap Map(string eye) => new(width, height, arrays.Map($"undistortion_map_{eye}", width, height), arrays.Map($"rectification_map_{eye}", width, height));
    }

    private static NpyArray ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return NpyFormat.Read(file, Math.Min(file.Length, Npz.MaxArrayBytes));
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string At(string folder, string name) => Path.Combine(folder, name + ".npy");

    private static string[] Eyes(string name) => [name + "_left", name + "_right"];
}
