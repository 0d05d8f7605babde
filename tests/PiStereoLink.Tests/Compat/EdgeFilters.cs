using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace PiStereoLink.Tests.Compat;

public class EdgeFilters
{
    [Fact]
    public void The_guided_filter_evens_out_a_field_and_keeps_its_edge() => AssertKeepsTheEdge((guide, noisy, smooth) => CvXImgProc.GuidedFilter(guide, noisy, smooth, 4, 100));

    [Fact]
    public void The_fast_global_smoother_evens_out_a_field_and_keeps_its_edge() => AssertKeepsTheEdge((guide, noisy, smooth) => CvXImgProc.FastGlobalSmootherFilter(guide, noisy, smooth, 500, 1.5));

    private static void AssertKeepsTheEdge(Action<Mat, Mat, Mat> filter)
    {
        using var guide = new Mat(40, 80, MatType.CV_8UC1, new Scalar(50));
        using var bright = guide.SubMat(new Rect(40, 0, 40, 40));
        bright.SetTo(new Scalar(200));
        using var noisy = new Mat(40, 80, MatType.CV_32FC1);
        var random = new Random(1);
        for (var y = 0; y < 40; y++)
            for (var x = 0; x < 80; x++)
                noisy.Set(y, x, (x < 40 ? 10f : 30f) + random.NextSingle() - 0.5f);
        using var smooth = new Mat();
        try
        {
            filter(guide, noisy, smooth);
        }
        catch (OpenCVException e) when (e.Status == ErrorCode.StsNotImplemented)
        {
            Assert.Skip(e.Message);
        }
        Assert.Equal((MatType.CV_32FC1, noisy.Size()), (smooth.Type(), smooth.Size()));
        var row = smooth.RowSpan<float>(20).ToArray();
        Assert.All(row[5..38], value => Assert.Equal(10, value, 0.3f));
        Assert.All(row[42..75], value => Assert.Equal(30, value, 0.3f));
    }
}
