using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class ScoreTests
{
    private const float None = float.PositiveInfinity;

    [Fact]
    public void Bad_pixels_are_per_cent_of_the_truth_that_got_a_disparity()
    {
        var truth = new FloatPicture(5, 2, [10, 10, 10, 10, None, 10, 10, 10, 10, 10]);
        var ours = new FloatPicture(5, 2, [10, 11, 11.5f, 13, 99, None, float.NaN, None, None, 10]);

        var score = DisparityScore.Evaluate(ours, truth);

        Assert.Equal(40, score.Bad1!.Value, 10);   // 11.5 and 13 of five; 11 is wrong by exactly 1
        Assert.Equal(20, score.Bad2!.Value, 10);   // 13
        Assert.Equal(Math.Sqrt((1 + 2.25 + 9) / 5), score.Rms!.Value, 10);
        Assert.Equal(100.0 * 5 / 9, score.Density, 10);
    }

    [Fact]
    public void No_disparity_at_all_has_no_error_and_no_density() =>
        Assert.Equal(new DisparityScore(null, null, null, 0), DisparityScore.Evaluate(new FloatPicture(1, 1, [None]), new FloatPicture(1, 1, [5])));

    [Fact]
    public void Two_sizes_and_an_empty_truth_are_refused()
    {
        var one = new FloatPicture(1, 1, [1]);
        var error = Assert.Throws<InvalidDataException>(() => DisparityScore.Evaluate(one, new FloatPicture(2, 1, [1, 1])));
        Assert.Equal("The disparity is 1x1, the truth 2x1; both must be of one size.", error.Message);
        Assert.Throws<InvalidDataException>(() => DisparityScore.Evaluate(one, new FloatPicture(1, 1, [None])));
    }

    [Fact]
    public void A_truth_that_leans_and_lies_in_a_distorted_picture_is_met()
    {
        // The truth falls off across the raw picture. A perfect matcher would give, at each rectified pixel, the disparity
        // of the point that the raw pixel sees; only 1/16 px and the nearest raw pixel are lost.
        var rig = MadeUpRig.Calibration();
        var truth = new float[MadeUpRig.Width * MadeUpRig.Height];
        for (var i = 0; i < truth.Length; i++)
            truth[i] = 1 + i % MadeUpRig.Width / 200f + i / MadeUpRig.Width / 400f;
        var error = DepthTruth.Compare(Perfect(rig, truth, depthFactor: 1), rig, new FloatPicture(MadeUpRig.Width, MadeUpRig.Height, truth));
        Assert.True(error.MedianRelativePercent < 0.3, $"{error}");
        Assert.Equal(100, error.DensityPercent);
        Assert.Equal(MadeUpRig.Width * MadeUpRig.Height, error.ComparedPixels);

        error = DepthTruth.Compare(Perfect(rig, truth, depthFactor: 1.1), rig, new FloatPicture(MadeUpRig.Width, MadeUpRig.Height, truth));
        Assert.Equal(10, error.MedianRelativePercent!.Value, 0.3);
    }

    [Fact]
    public void The_turn_of_rectification_is_taken_back()
    {
        // A rig that is strongly turned: the right camera stands in front of the left one's shoulder.
        var turned = MadeUpRig.Cameras with { T = [-0.06, 0, 0.02] };
        var rig = StereoCalibration.FromCameras(MadeUpRig.Width, MadeUpRig.Height, turned);
        var truth = new float[MadeUpRig.Width * MadeUpRig.Height];
        Array.Fill(truth, 1f);
        var error = DepthTruth.Compare(Perfect(rig, truth, depthFactor: 1), rig, new FloatPicture(MadeUpRig.Width, MadeUpRig.Height, truth));
        Assert.True(error.MedianRelativePercent < 0.3, $"{error}");
    }

    [Fact]
    public void Only_truth_within_the_range_is_compared()
    {
        var rig = MadeUpRig.Calibration();
        var truth = new float[MadeUpRig.Width * MadeUpRig.Height];
        for (var i = 0; i < truth.Length; i++)
            truth[i] = (i % 4) switch { 0 => 0.4f, 1 => 4.5f, 2 => None, _ => float.NaN };
        var error = DepthTruth.Compare(Perfect(rig, truth, depthFactor: 1), rig, new FloatPicture(MadeUpRig.Width, MadeUpRig.Height, truth));
        Assert.Null(error.MedianRelativePercent);
        Assert.Equal(0, error.ComparedPixels);
    }

    [Fact]
    public void Truth_of_another_size_or_a_rig_without_metres_is_refused()
    {
        var rig = MadeUpRig.Calibration();
        var map = new DisparityMap(rig.ImageWidth, rig.ImageHeight, new short[rig.ImageWidth * rig.ImageHeight], 0, 32);
        var error = Assert.Throws<InvalidDataException>(() => DepthTruth.Compare(map, rig, new FloatPicture(1, 1, [1])));
        Assert.Equal("The true depth is 1x1, but the calibration is for 320x240.", error.Message);
        var blog = StereoCalibration.Load(TestFiles.Data("blog.npz"));
        Assert.Throws<InvalidOperationException>(
            () => DepthTruth.Compare(new DisparityMap(8, 6, new short[48], 0, 16), blog, new FloatPicture(8, 6, new float[48])));
    }

    [Fact]
    public void Depth_is_focal_length_times_baseline_over_disparity()
    {
        Assert.Equal(0.8, Depth.FromDisparity(500, 0.064, 40), 12);
        Assert.Equal(double.PositiveInfinity, Depth.FromDisparity(500, 0.064, 0));
        Assert.Equal(double.PositiveInfinity, Depth.FromDisparity(500, 0.064, -1));
        var rig = MadeUpRig.Calibration();
        var values = new short[rig.ImageWidth * rig.ImageHeight];
        values[0] = 20 * 16 + 8;
        values[1] = -16;
        var depths = Depth.FromDisparity(new DisparityMap(rig.ImageWidth, rig.ImageHeight, values, 0, 32), rig);
        Assert.Equal(rig.FocalLengthPx!.Value * rig.BaselineMetres!.Value / 20.5, depths[0, 0], 1e-6);
        Assert.Equal(None, depths[1, 0]);
        Assert.Equal(None, depths[2, 0]);
    }

    [Fact]
    public void A_rig_rectified_without_zero_disparity_keeps_its_metres()
    {
        // OpenCV's Q then has W = (d - (cx - cx')) / B.
        using var file = new MemoryStream();
        MadeUpRig.Calibration().Write(file);
        file.Position = 0;
        var arrays = new Dictionary<string, NpyArray>(Npz.Read(file, "memory"));
        var p2 = MadeUpRig.Calibration().Rectification!.P2;
        p2[0, 2] -= 5;
        arrays["P2"] = NpyArray.FromMatrix(p2);
        using var changed = new MemoryStream();
        Npz.Write(changed, arrays);
        changed.Position = 0;

        var rig = StereoCalibration.Read(changed, "memory");

        Assert.Equal(5, rig.Rectification!.InfinityDisparityPx, 9);
        Assert.Equal(rig.FocalLengthPx!.Value * rig.BaselineMetres!.Value / 15, Depth.FromDisparity(rig, 20), 9);
        var values = new short[rig.ImageWidth * rig.ImageHeight];
        Array.Fill(values, (short)(20 * 16));
        var map = new DisparityMap(rig.ImageWidth, rig.ImageHeight, values, 0, 32);
        var cloud = PointCloud.FromDisparity(map, rig, new ColourPicture(rig.ImageWidth, rig.ImageHeight, new Bgr[values.Length]));
        Assert.Equal(Depth.FromDisparity(rig, 20), cloud.Points[0].Z, 1e-6);
    }

    /// <summary>The disparities that a perfect matcher would give for a truth of the raw left picture.</summary>
    private static DisparityMap Perfect(StereoCalibration rig, float[] truth, double depthFactor)
    {
        var geometry = rig.Rectification!;
        var values = new short[truth.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (u, v) = (i % rig.ImageWidth, i / rig.ImageWidth);
            var rawX = Math.Clamp((int)Math.Round(rig.LeftMapX[i]), 0, rig.ImageWidth - 1);
            var rawY = Math.Clamp((int)Math.Round(rig.LeftMapY[i]), 0, rig.ImageHeight - 1);
            double[] ray = [(u - geometry.CentreX) / geometry.FocalLengthPx, (v - geometry.CentreY) / geometry.FocalLengthPx, 1];
            var turnedBack = geometry.R1[0, 2] * ray[0] + geometry.R1[1, 2] * ray[1] + geometry.R1[2, 2] * ray[2];
            var z = truth[rawY * rig.ImageWidth + rawX] * depthFactor / turnedBack;
            values[i] = double.IsFinite(z) ? (short)Math.Round(geometry.FocalLengthPx * geometry.BaselineMetres / z * 16) : (short)0;
        }
        return new DisparityMap(rig.ImageWidth, rig.ImageHeight, values, 0, 64);
    }
}
