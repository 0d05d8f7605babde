namespace PiStereoLink.Vision;

/// <summary>The two camera_info files of a stereo rig. Together they tell how the cameras stand.</summary>
internal static class RosPair
{
    /// <returns>left.yaml and right.yaml.</returns>
    /// <exception cref="InvalidDataException">The calibration holds maps only.</exception>
    public static (string Left, string Right) Write(StereoCalibration calibration)
    {
        var (cameras, geometry) = calibration.RequireGeometry("A pair of ROS camera_info files");
        var (width, height) = (calibration.ImageWidth, calibration.ImageHeight);
        return (RosCameraInfo.Write("left", width, height, cameras.K1, cameras.D1, geometry.R1, geometry.P1),
            RosCameraInfo.Write("right", width, height, cameras.K2, cameras.D2, geometry.R2, geometry.P2));
    }

    public static StereoCalibration Read(RosCameraInfo one, RosCameraInfo other)
    {
        // The right camera is the one whose projection has the baseline in it, in whichever order they are given.
        var (left, right) = one.P[0, 3] == 0 ? (one, other) : (other, one);
        if (left.P[0, 3] != 0 || right.P[0, 3] == 0)
            throw new InvalidDataException($"{one.Path} and {other.Path} are no stereo pair: projection_matrix has the baseline in neither or in both; calibrate them together (cameracalibrator, or receiver calibrate).");
        if ((left.Width, left.Height) != (right.Width, right.Height))
            throw new InvalidDataException($"{left.Path} is for pictures of {left.Width}x{left.Height}, {right.Path} for {right.Width}x{right.Height}; both eyes must have one size.");

        // A point goes X2 = R2' (R1 X1 + t) with t = (Tx, 0, 0) in the rectified frame: R = R2' R1, T = R2' t.
        var tx = right.P[0, 3] / right.P[0, 0];
        var (r, t) = (new double[3, 3], new double[3]);
        for (var i = 0; i < 3; i++)
        {
            t[i] = right.R[0, i] * tx;
            for (var j = 0; j < 3; j++)
                for (var k = 0; k < 3; k++)
                    r[i, j] += right.R[k, i] * left.R[k, j];
        }
        return StereoCalibration.FromRectified(left.Width, left.Height,
            new StereoCameras(left.K, left.D, right.K, right.D, r, t), Rectified.FromProjections(left.R, right.R, left.P, right.P));
    }
}
