using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class DepthQualityTests
{
    private const int Width = 320;
    private const int Height = 240;
    private const double Focal = 500;
    private const double Baseline = 0.1;

    private static readonly StereoCalibration Rig = StereoCalibration.FromCameras(Width, Height, new StereoCameras(
        new double[,] { { Focal, 0, 160 }, { 0, Focal, 120 }, { 0, 0, 1 } }, [0, 0, 0, 0, 0],
        new double[,] { { Focal, 0, 160 }, { 0, Focal, 120 }, { 0, 0, 1 } }, [0, 0, 0, 0, 0],
        new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, [-Baseline, 0, 0]));

    [Fact]
    public void A_slanted_plane_is_found_with_its_distance()
    {
        // n P = D with |n| = 1: the disparity at the ray (x, y, 1) is f B (n ray) / D.
        double[] normal = [0.3, -0.2, Math.Sqrt(1 - 0.13)];
        const double distance = 1.7;
        var map = Map((x, y) => Focal * Baseline * (normal[0] * (x - Cx) / F + normal[1] * (y - Cy) / F + normal[2]) / distance);

        var quality = DepthQuality.Measure([map], calibration: Rig, knownDistanceMetres: 1.68);

        Assert.Equal(100, quality.FillRatePercent);
        Assert.Equal(distance, quality.PlaneDistanceMetres!.Value, 0.001);
        Assert.Equal(20, quality.DepthErrorMillimetres!.Value, 1.0);
        Assert.Equal(100 * 0.02 / 1.68, quality.DepthErrorPercent!.Value, 0.1);
        Assert.True(quality.PlaneRmsPx < 1.0 / 16, $"{quality}");   // only what 1/16 px rounds off
        Assert.Null(quality.TemporalNoisePx);
    }

    [Fact]
    public void The_distance_from_the_plane_is_told_in_px_and_mm_without_outliers()
    {
        // Steps of +-4/16 px in a chequered pattern: rms is 0.25 px, and 0.25 px of 25 is 1 % of 2 m.
        var random = new Random(3);
        var map = Map((x, y) => random.Next(10) == 0 ? 60 : 25 + ((x + y) % 2 == 0 ? 0.25 : -0.25));
        var quality = DepthQuality.Measure([map], new Rect(20, 20, 200, 200), Rig);
        Assert.Equal(0.25, quality.PlaneRmsPx!.Value, 0.002);
        Assert.Equal(20, quality.PlaneRmsMillimetres!.Value, 0.5);
        Assert.Equal(10, quality.PlaneOutliersPercent!.Value, 1.0);
        Assert.Equal(2, quality.PlaneDistanceMetres!.Value, 0.001);
    }

    [Fact]
    public void Noise_is_what_changes_from_pair_to_pair()
    {
        // 24.5, 25 and 25.5 px everywhere: a sample's standard deviation of 0.5 px, which is 40 mm at 2 m.
        var maps = new[] { 24.5, 25, 25.5 }.Select(px => Map((_, _) => px)).ToArray();
        var quality = DepthQuality.Measure(maps, calibration: Rig);
        Assert.Equal(3, quality.Pairs);
        Assert.Equal(0.5, quality.TemporalNoisePx!.Value, 6);
        Assert.Equal(40, quality.TemporalNoiseMillimetres!.Value, 0.2);
    }

    [Fact]
    public void Half_a_region_without_disparities_is_a_fill_rate_of_50()
    {
        var map = Map((x, _) => x < 100 ? double.NaN : 25);
        Assert.Equal(50, DepthQuality.Measure([map], new Rect(50, 0, 100, 240)).FillRatePercent);
    }

    [Fact]
    public void What_cannot_be_measured_is_null()
    {
        var empty = DepthQuality.Measure([Map((_, _) => double.NaN)], calibration: Rig, knownDistanceMetres: 1);
        Assert.Equal(new DepthQuality(1, 0, null, null, null, null, null, null, null, null), empty);
        var infinite = DepthQuality.Measure([Map((_, _) => 0)], calibration: Rig);
        Assert.Equal((0.0, null, null), (infinite.PlaneRmsPx, infinite.PlaneRmsMillimetres, infinite.PlaneDistanceMetres));
        var uncalibrated = DepthQuality.Measure([Map((_, _) => 25), Map((_, _) => 25)]);
        Assert.Equal((0.0, null, 0.0, null), (uncalibrated.PlaneRmsPx, uncalibrated.PlaneRmsMillimetres, uncalibrated.TemporalNoisePx, uncalibrated.TemporalNoiseMillimetres));
    }

    [Fact]
    public void A_region_beyond_the_picture_and_maps_of_two_sizes_are_refused()
    {
        var map = Map((_, _) => 25);
        Assert.Contains("must lie within the picture, which is 320x240", Assert.Throws<InvalidDataException>(() => DepthQuality.Measure([map], new Rect(300, 0, 21, 10))).Message, StringComparison.Ordinal);
        Assert.Contains("all pairs have one size", Assert.Throws<InvalidDataException>(() => DepthQuality.Measure([map, new DisparityMap(1, 1, [1], 0, 16)])).Message, StringComparison.Ordinal);
    }

    private static double F => Rig.Rectification!.FocalLengthPx;

    private static double Cx => Rig.Rectification!.CentreX;

    private static double Cy => Rig.Rectification!.CentreY;

    private static DisparityMap Map(Func<int, int, double> disparityPx)
    {
        var values = new short[Width * Height];
        for (var i = 0; i < values.Length; i++)
        {
            var px = disparityPx(i % Width, i / Width);
            values[i] = double.IsNaN(px) ? (short)-16 : (short)Math.Round(px * 16);
        }
        return new DisparityMap(Width, Height, values, 0, 128);
    }
}
