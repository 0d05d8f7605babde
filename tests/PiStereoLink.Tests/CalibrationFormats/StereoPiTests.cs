using System.Text.Json;
using PiStereoLink.Tests.Chessboard;
using PiStereoLink.Tests.Vision;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.CalibrationFormats;

/// <summary>The files that the StereoPi tutorials leave, made here by the OpenCV calls that make them there.</summary>
public sealed class StereoPiTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stereopi-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>stereo_camera_calibration.npz of the fisheye tutorial: fixed-point maps, no regions, lengths in squares.</summary>
    [Fact]
    public async Task Fixed_point_maps_without_regions_give_disparity_and_with_the_unit_metres()
    {
        var path = In("stereo_camera_calibration.npz");
        var printed = await PythonOpenCv.RunAsync("""
            K = np.array([[150., 0, 160], [0, 150, 120], [0, 0, 1]]); D = np.array([[0.02], [-0.01], [0.003], [0.]])
            R = cv2.Rodrigues(np.array([0.01, -0.02, 0.005]))[0]; T = np.array([[-2.6], [0.02], [0.01]])
            size = (320, 240)
            R1, R2, P1, P2, Q = cv2.fisheye.stereoRectify(K, D, K, D, size, R, T, cv2.CALIB_ZERO_DISPARITY)
            maps, floats = [], []
            for r, p in ((R1, P1), (R2, P2)):
                maps += cv2.fisheye.initUndistortRectifyMap(K, D, r, p, size, cv2.CV_16SC2)
                floats += cv2.fisheye.initUndistortRectifyMap(K, D, r, p, size, cv2.CV_32FC1)
            np.savez_compressed(sys.argv[1], imageSize=size, leftMapX=maps[0], leftMapY=maps[1], rightMapX=maps[2], rightMapY=maps[3], dispartityToDepthMap=Q)
            print(json.dumps([float(floats[i][v, u]) for i in range(4) for u, v in ((20, 10), (300, 200))] + [float(P1[0, 0]), float(P2[0, 3] / P2[0, 0])]))
            """, path);
        var expected = JsonSerializer.Deserialize<double[]>(printed)!;

        var read = StereoCalibration.Load(path);
        Assert.Equal((320, 240), (read.ImageWidth, read.ImageHeight));
        Assert.Null(read.BaselineMetres);
        // 1/32 px is what the form keeps.
        Assert.Equal(expected[0], read.LeftMapX[10 * 320 + 20], 1 / 32.0);
        Assert.Equal(expected[1], read.LeftMapX[200 * 320 + 300], 1 / 32.0);
        Assert.Equal(expected[2], read.LeftMapY[10 * 320 + 20], 1 / 32.0);
        Assert.Equal(expected[7], read.RightMapY[200 * 320 + 300], 1 / 32.0);
        for (var y = read.LeftRoi.Y; y < read.LeftRoi.Bottom; y++)
            for (var x = read.LeftRoi.X; x < read.LeftRoi.Right; x++)
                Assert.InRange(read.LeftMapX[y * 320 + x], 0, 319);
        Assert.True(read.LeftRoi.Width > 250, $"{read.LeftRoi}");

        var metres = CalibrationFile.Load([path], new CalibrationHints(UnitMetres: 0.025)).Calibration;
        Assert.Equal(expected[8], metres.FocalLengthPx!.Value, 6);
        Assert.Equal(-expected[9] * 0.025, metres.BaselineMetres!.Value, 9);
        Assert.Equal(0.065, metres.BaselineMetres!.Value, 4);
    }

    /// <summary>The folder of .npy files of the first tutorial (the StereoVision library); lengths in centimetres.</summary>
    [Fact]
    public async Task The_folder_of_arrays_is_read_with_its_cameras_where_the_unit_is_known()
    {
        await PythonOpenCv.RunAsync("""
            K1 = np.array([[250., 0, 161.5], [0, 251, 118.5], [0, 0, 1]]); D1 = np.array([[-0.08, 0.03, 0.001, -0.0005, 0]])
            K2 = np.array([[253., 0, 158], [0, 252, 114.5], [0, 0, 1]]); D2 = np.array([[-0.07, 0.02, -0.0008, 0.0004, 0]])
            R = cv2.Rodrigues(np.array([0.01, -0.02, 0.015]))[0]; T = np.array([[-6.5], [0.1], [0.08]])
            size = (320, 240)
            R1, R2, P1, P2, Q, roi1, roi2 = cv2.stereoRectify(K1, D1, K2, D2, size, R, T, flags=0)
            save = lambda name, array: np.save(f'{sys.argv[1]}/{name}.npy', array)
            for eye, k, d, r, p, roi in (('left', K1, D1, R1, P1, roi1), ('right', K2, D2, R2, P2, roi2)):
                x, y = cv2.initUndistortRectifyMap(k, d, r, p, size, cv2.CV_32FC1)
                for name, array in (('cam_mats', k), ('dist_coefs', d), ('rect_trans', r), ('proj_mats', p), ('undistortion_map', x), ('rectification_map', y), ('valid_boxes', roi)):
                    save(f'{name}_{eye}', array)
            save('rot_mat', R); save('trans_vec', T); save('disp_to_depth_mat', Q)
            """, folder.FullName);

        var maps = CalibrationFile.Load([folder.FullName]);
        Assert.Equal("stereopi-folder", maps.Kind);
        Assert.Null(maps.Calibration.BaselineMetres);

        var rig = CalibrationFile.Load([folder.FullName], new CalibrationHints(UnitMetres: 0.01)).Calibration;
        Assert.Equal(0.06501261416, rig.BaselineMetres!.Value, 9);
        Assert.Equal(MadeUpRig.Cameras.D1, rig.Cameras!.D1);
        for (var i = 0; i < rig.LeftMapX.Length; i++)
            Assert.True(Math.Abs(rig.LeftMapX[i] - maps.Calibration.LeftMapX[i]) < 1e-3 && Math.Abs(rig.RightMapY[i] - maps.Calibration.RightMapY[i]) < 1e-3);

        File.Delete(In("rot_mat.npy"));
        var error = Assert.Throws<InvalidDataException>(() => CalibrationFile.Load([folder.FullName]));
        Assert.Contains("is no usable calibration: it has cam_mats_left,", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("but not rot_mat.", error.Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);
}
