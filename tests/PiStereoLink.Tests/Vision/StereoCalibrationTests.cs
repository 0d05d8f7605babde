using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class StereoCalibrationTests
{
    [Fact]
    public void A_file_of_cameras_only_is_rectified_while_loading()
    {
        var rig = StereoCalibration.Load(TestFiles.Data("cameras.npz"));

        // The same cameras through stereoRectify and initUndistortRectifyMap in Python gave these.
        Assert.Equal((320, 240), (rig.ImageWidth, rig.ImageHeight));
        Assert.Equal(255.77688034, rig.FocalLengthPx!.Value, 6);
        Assert.Equal(0.06501261416, rig.BaselineMetres!.Value, 9);
        Assert.Equal(15.3816303637, rig.Rectification!.Q[3, 2], 6);
        Assert.Equal(0, rig.Rectification.InfinityDisparityPx);
        Assert.Equal(28.887714f, rig.LeftMapX[10 * 320 + 20], 3);
        Assert.Equal(21.226444f, rig.LeftMapY[10 * 320 + 20], 3);
        Assert.Equal(299.6489f, rig.LeftMapX[200 * 320 + 300], 3);
        Assert.Equal(193.32762f, rig.LeftMapY[200 * 320 + 300], 3);
        Assert.Equal(new Rect(0, 0, 320, 240), rig.LeftRoi);
        Assert.Equal(new Rect(1, 0, 319, 240), rig.RightRoi);
    }

    [Fact]
    public void The_blogs_file_gives_disparity_but_no_metres()
    {
        var rig = StereoCalibration.Load(TestFiles.Data("blog.npz"));

        Assert.Equal((8, 6), (rig.ImageWidth, rig.ImageHeight));
        Assert.Equal(7f, rig.LeftMapX[7]);
        Assert.Equal(5f, rig.RightMapY[5 * 8]);
        Assert.Equal(new Rect(0, 0, 8, 6), rig.LeftRoi);
        Assert.Null(rig.BaselineMetres);
        Assert.Null(rig.FocalLengthPx);
        var error = Assert.Throws<InvalidOperationException>(() => Depth.FromDisparity(rig, 10));
        Assert.Contains("no depth in metres", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        var path = Path.Combine(Path.GetTempPath(), $"rig-{Guid.NewGuid():n}.npz");
        try
        {
            var rig = StereoCalibration.FromCameras(MadeUpRig.Width, MadeUpRig.Height, MadeUpRig.Cameras, rmsPx: 0.217, board: new ChessBoard(9, 6, 0.025));
            rig.Save(path);
            var loaded = StereoCalibration.Load(path);

            Assert.Equal(rig.LeftMapX.ToArray(), loaded.LeftMapX.ToArray());
            Assert.Equal(rig.RightMapY.ToArray(), loaded.RightMapY.ToArray());
            Assert.Equal(rig.RightRoi, loaded.RightRoi);
            Assert.Equal(rig.Cameras!.D2, loaded.Cameras!.D2);
            Assert.Equal(rig.Cameras.R, loaded.Cameras.R);
            Assert.Equal(rig.Rectification!.Q, loaded.Rectification!.Q);
            Assert.Equal(rig.Rectification.P2, loaded.Rectification.P2);
            Assert.Equal(0.217, loaded.RmsPx);
            Assert.Equal(new ChessBoard(9, 6, 0.025), loaded.Board);
            Assert.False(File.Exists(path + ".part"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_blogs_keys_and_types_are_written()
    {
        using var file = new MemoryStream();
        MadeUpRig.Calibration().Write(file);
        file.Position = 0;
        var arrays = Npz.Read(file, "memory");

        string[] blog = ["imageSize", "leftMapX", "leftMapY", "leftROI", "rightMapX", "rightMapY", "rightROI"];
        Assert.Equal(blog, arrays.Keys.Take(7));
        Assert.Equal(NpyType.F4, arrays["leftMapX"].Type);
        Assert.Equal([240, 320], arrays["leftMapX"].Shape.ToArray());
        Assert.Equal([320, 240], arrays["imageSize"].ToInt32s());
        Assert.Equal(4, arrays["leftROI"].Length);
    }

    [Fact]
    public void Another_picture_size_is_refused_with_both_sizes()
    {
        using var rectifier = new Rectifier(MadeUpRig.Calibration());
        using var good = new Mat(240, 320, MatType.CV_8UC1);
        using var bad = new Mat(480, 640, MatType.CV_8UC1);
        using var left = new Mat();
        using var right = new Mat();

        var error = Assert.Throws<InvalidDataException>(() => rectifier.Rectify(bad, good, left, right));
        Assert.Equal("The left picture is 640x480, but the calibration is for 320x240.", error.Message);
        error = Assert.Throws<InvalidDataException>(() => rectifier.Rectify(good, bad, left, right));
        Assert.Equal("The right picture is 640x480, but the calibration is for 320x240.", error.Message);
    }

    public static TheoryData<string, string, NpyArray?> Damages => new()
    {
        { "imageSize", "it has no 'imageSize'", null },
        { "imageSize", "imageSize has the shape (3,); 2 values", NpyArray.From<long>([320, 240, 3], 3) },
        { "imageSize", "The image size is 0x240", NpyArray.From<long>([0, 240], 2) },
        { "imageSize", "The image size is 100000x100000", NpyArray.From<long>([100000, 100000], 2) },
        { "imageSize", "whole number", NpyArray.From([320.5, 240], 2) },
        { "K1", "but not K1", null },
        { "K1", "K1 has the shape (9,); (3, 3)", NpyArray.From<double>(new double[9], 9) },
        { "K1", "K1 has the focal lengths 0 and 0 px", NpyArray.From<double>(new double[9], 3, 3) },
        { "K2", "K2 holds NaN", NpyArray.FromMatrix(new[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, double.NaN } }) },
        { "D1", "D1 has 3 values; 4, 5, 8, 12 or 14", NpyArray.From([0.1, 0, 0], 3) },
        { "R", "R is no rotation", NpyArray.FromMatrix(new double[,] { { 2, 0, 0 }, { 0, 2, 0 }, { 0, 0, 2 } }) },
        { "T", "T has the shape (2,); 3 values", NpyArray.From([0.1, 0], 2) },
        { "T", "left and right are swapped", NpyArray.From([0.065, 0, 0], 3) },
        { "T", "one above the other", NpyArray.From([0, -0.065, 0], 3) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_refused_with_its_name_and_reason(string key, string expected, NpyArray? replacement)
    {
        var arrays = new Dictionary<string, NpyArray>(Npz.Read(TestFiles.Data("cameras.npz")));
        arrays.Remove(key);
        if (replacement is not null)
            arrays[key] = replacement;
        AssertRefused(arrays, expected);
    }

    public static TheoryData<string, string, NpyArray?> MapDamages => new()
    {
        { "leftMapX", "it has leftMapY, rightMapX, rightMapY, leftROI, rightROI but not leftMapX", null },
        { "leftMapX", "leftMapX has the shape (8, 6); the image size 8x6 asks for (6, 8)", NpyArray.From<float>(new float[48], 8, 6) },
        { "leftROI", "leftROI is (0, 0, 9, 6)", NpyArray.From<long>([0, 0, 9, 6], 4) },
        { "rightROI", "rightROI is (-1, 0, 8, 6)", NpyArray.From<long>([-1, 0, 8, 6], 4) },
        { "imageSize", "asks for (8, 6)", NpyArray.From<long>([6, 8], 2) },
        { "Q", "it has Q but not R1, R2, P1, P2", NpyArray.From<double>(new double[16], 4, 4) },
    };

    [Theory]
    [MemberData(nameof(MapDamages))]
    public void A_damaged_blog_file_is_refused_with_its_name_and_reason(string key, string expected, NpyArray? replacement)
    {
        var arrays = new Dictionary<string, NpyArray>(Npz.Read(TestFiles.Data("blog.npz")));
        arrays.Remove(key);
        if (replacement is not null)
            arrays[key] = replacement;
        AssertRefused(arrays, expected);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_with_what_was_wanted()
    {
        var error = Assert.Throws<InvalidDataException>(() => StereoCalibration.Load(TestFiles.Data("types-stored.npz")));
        Assert.Contains("types-stored.npz is no usable calibration", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(Dictionary<string, NpyArray> arrays, string expected)
    {
        using var file = new MemoryStream();
        Npz.Write(file, arrays);
        file.Position = 0;
        var error = Assert.Throws<InvalidDataException>(() => StereoCalibration.Read(file, "rig.npz"));
        Assert.StartsWith("rig.npz is no usable calibration: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
