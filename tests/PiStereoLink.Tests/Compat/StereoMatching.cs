using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

public class StereoMatching
{
    private const int Rows = 120;
    private const int Columns = 200;
    private const int Shift = 13;

    [Fact]
    public void StereoBM_finds_the_shift()
    {
        using var matcher = StereoBM.Create(32, 15);
        AssertFindsTheShift(matcher);
    }

    [Theory]
    [InlineData(StereoSGBMMode.SGBM)]
    [InlineData(StereoSGBMMode.HH)]
    [InlineData((StereoSGBMMode)2)] // three paths; the package has no name for it
    public void StereoSGBM_finds_the_shift_in_each_mode(StereoSGBMMode mode)
    {
        using var matcher = StereoSGBM.Create(0, 32, 5, p1: 200, p2: 800, mode: mode);
        Assert.Equal(mode, matcher.Mode);
        AssertFindsTheShift(matcher);
    }

    [Fact]
    public void StereoBM_keeps_what_it_is_told()
    {
        using var matcher = StereoBM.Create(64, 21);
        Assert.Equal((64, 21), (matcher.NumDisparities, matcher.BlockSize));
        (matcher.MinDisparity, matcher.NumDisparities, matcher.BlockSize) = (4, 128, 9);
        (matcher.SpeckleWindowSize, matcher.SpeckleRange, matcher.Disp12MaxDiff) = (45, 16, 2);
        (matcher.PreFilterType, matcher.PreFilterSize, matcher.PreFilterCap) = (0, 41, 30);
        (matcher.TextureThreshold, matcher.UniquenessRatio, matcher.SmallerBlockSize) = (20, 10, 7);
        (matcher.ROI1, matcher.ROI2) = (new Rect(1, 2, 3, 4), new Rect(5, 6, 7, 8));
        Assert.Equal((4, 128, 9), (matcher.MinDisparity, matcher.NumDisparities, matcher.BlockSize));
        Assert.Equal((45, 16, 2), (matcher.SpeckleWindowSize, matcher.SpeckleRange, matcher.Disp12MaxDiff));
        Assert.Equal((0, 41, 30), (matcher.PreFilterType, matcher.PreFilterSize, matcher.PreFilterCap));
        Assert.Equal((20, 10), (matcher.TextureThreshold, matcher.UniquenessRatio));
        Assert.Equal((new Rect(1, 2, 3, 4), new Rect(5, 6, 7, 8)), (matcher.ROI1, matcher.ROI2));
    }

    [Fact]
    public void StereoSGBM_keeps_what_it_is_told()
    {
        using var matcher = StereoSGBM.Create(1, 32, 5, 100, 400, 2, 31, 10, 45, 16, StereoSGBMMode.HH);
        Assert.Equal((1, 32, 5, 100, 400), (matcher.MinDisparity, matcher.NumDisparities, matcher.BlockSize, matcher.P1, matcher.P2));
        Assert.Equal((2, 31, 10, 45, 16), (matcher.Disp12MaxDiff, matcher.PreFilterCap, matcher.UniquenessRatio, matcher.SpeckleWindowSize, matcher.SpeckleRange));
        (matcher.P1, matcher.P2, matcher.PreFilterCap, matcher.UniquenessRatio, matcher.Mode) = (7, 8, 9, 10, StereoSGBMMode.SGBM);
        Assert.Equal((7, 8, 9, 10, StereoSGBMMode.SGBM), (matcher.P1, matcher.P2, matcher.PreFilterCap, matcher.UniquenessRatio, matcher.Mode));
    }

    [Fact]
    public void A_refusal_carries_what_OpenCV_said()
    {
        using var colour = new Mat(Rows, Columns, MatType.CV_8UC3, Scalar.All(0));
        using var disparity = new Mat();
        using var matcher = StereoBM.Create(32, 15);
        var refused = Assert.Throws<OpenCVException>(() => matcher.Compute(colour, colour, disparity));
        Assert.Equal(ErrorCode.StsUnsupportedFormat, refused.Status);
        Assert.Equal("compute", refused.FuncName);
        Assert.EndsWith("stereobm.cpp", refused.FileName, StringComparison.Ordinal);
        Assert.True(refused.Line > 0);
        Assert.Equal(refused.ErrMsg, refused.Message);
        Assert.Contains("CV_8UC1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speckles_are_filtered_out()
    {
        using var disparity = new Mat(50, 50, MatType.CV_16SC1, new Scalar(160));
        using var speckle = disparity.SubMat(new Rect(20, 20, 3, 3));
        speckle.SetTo(new Scalar(480));
        Cv2.FilterSpeckles(disparity, -16, 20, 16);
        Assert.Equal((-16, 160), (disparity.At<short>(21, 21), disparity.At<short>(10, 10)));
    }

    // A disparity of d pixels is f * B / d away.
    [Fact]
    public void A_disparity_becomes_a_point()
    {
        const double focal = 500, baseline = 0.08;
        using var q = Pictures.Matrix(4, 4, 1, 0, 0, -100, 0, 1, 0, -60, 0, 0, 0, focal, 0, 0, 1 / baseline, 0);
        using var disparity = new Mat(Rows, Columns, MatType.CV_32FC1, new Scalar(20));
        using var points = new Mat();
        Cv2.ReprojectImageTo3D(disparity, points, q);
        var point = points.At<Point3f>(60, 150);
        Assert.Equal(focal * baseline / 20, point.Z, 5);
        Assert.Equal((150 - 100) * baseline / 20, point.X, 5);
        Assert.Equal(0, point.Y, 5);
    }

    private static void AssertFindsTheShift(StereoMatcher matcher)
    {
        var (left, right) = Pictures.ShiftedPair(Rows, Columns, Shift);
        using (left)
        using (right)
        {
            using var disparity = new Mat();
            matcher.Compute(left, right, disparity);
            Assert.Equal((MatType.CV_16SC1, left.Size()), (disparity.Type(), disparity.Size()));
            using var inner = disparity.Clone(new Rect(60, 20, Columns - 80, Rows - 40));
            var found = inner.AsSpan<short>().ToArray().Count(value => Math.Abs(value - (Shift * 16)) <= 8);
            Assert.True(found > 0.99 * inner.Total(), $"{found} of {inner.Total()} pixels found the shift.");
        }
    }
}
