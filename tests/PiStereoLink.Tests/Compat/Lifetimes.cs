using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>Where the package ends the process, ours throws.</summary>
public class Lifetimes
{
    private const string Crashes = "The package reads freed memory here and may end the process.";

    [Fact]
    public void A_disposed_Mat_refuses_everything_but_ToString()
    {
        WhichOpenCvSharp.SkipUnlessOurs(Crashes);
        var mat = new Mat(4, 4, MatType.CV_8UC1);
        mat.Dispose();
        mat.Dispose();
        Assert.True(mat.IsDisposed);
        Assert.Equal("Mat [disposed]", mat.ToString());
        Assert.Equal("OpenCvSharp.Mat", Assert.Throws<ObjectDisposedException>(() => mat.Rows).ObjectName);
        Assert.Throws<ObjectDisposedException>(() => mat.Data);
        Assert.Throws<ObjectDisposedException>(() => mat.Empty());
        Assert.Throws<ObjectDisposedException>(() => mat.RowSpan<byte>(0));
        Assert.Throws<ObjectDisposedException>(() => mat.At<byte>(0, 0));
        Assert.Throws<ObjectDisposedException>(() => mat.Clone());
        Assert.Throws<ObjectDisposedException>(() => mat.SetTo(Scalar.All(0)));
        Assert.Throws<ObjectDisposedException>(() => mat.ImEncode(".png"));
        Assert.Throws<ObjectDisposedException>(() => mat.SubMat(new Rect(0, 0, 1, 1)));
    }

    [Fact]
    public void A_disposed_Mat_is_refused_as_an_argument()
    {
        WhichOpenCvSharp.SkipUnlessOurs(Crashes);
        using var good = new Mat(4, 4, MatType.CV_8UC3, Scalar.All(0));
        var gone = new Mat(4, 4, MatType.CV_8UC3, Scalar.All(0));
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Cv2.CvtColor(gone, good, ColorConversionCodes.BGR2GRAY));
        Assert.Throws<ObjectDisposedException>(() => Cv2.CvtColor(good, gone, ColorConversionCodes.BGR2GRAY));
        Assert.Throws<ObjectDisposedException>(() => Cv2.Rectangle(gone, new Rect(0, 0, 1, 1), Scalar.White));
        Assert.Throws<ObjectDisposedException>(() => good.SetTo(Scalar.All(1), gone));
        Assert.Throws<ObjectDisposedException>(() => Cv2.ImWrite("never.tiff", [good, gone]));
        Assert.Throws<ObjectDisposedException>(() => new Mat(gone, new Rect(0, 0, 1, 1)));
    }

    [Fact]
    public void A_disposed_matcher_refuses_everything()
    {
        WhichOpenCvSharp.SkipUnlessOurs(Crashes);
        using var picture = Pictures.Texture(64, 64);
        using var disparity = new Mat();
        var matcher = StereoBM.Create(16, 9);
        matcher.Dispose();
        matcher.Dispose();
        Assert.True(matcher.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => matcher.BlockSize);
        Assert.Throws<ObjectDisposedException>(() => matcher.ROI1);
        Assert.Throws<ObjectDisposedException>(() => matcher.Compute(picture, picture, disparity));
    }

    [Fact]
    public void A_Mat_that_is_null_is_told_by_name()
    {
        WhichOpenCvSharp.SkipUnlessOurs(Crashes);
        using var mat = new Mat(4, 4, MatType.CV_8UC3, Scalar.All(0));
        Mat none = null!;
        Assert.Throws<ArgumentNullException>(() => Cv2.CvtColor(none, mat, ColorConversionCodes.BGR2GRAY));
        Assert.Equal("src", Assert.Throws<ArgumentNullException>(() => Cv2.CvtColor(null!, mat, ColorConversionCodes.BGR2GRAY)).ParamName);
        Assert.Equal("dst", Assert.Throws<ArgumentNullException>(() => Cv2.CvtColor(mat, null!, ColorConversionCodes.BGR2GRAY)).ParamName);
        Assert.Equal("m", Assert.Throws<ArgumentNullException>(() => mat.CopyTo(none)).ParamName);
        Assert.Equal("img", Assert.Throws<ArgumentNullException>(() => Cv2.ImWrite("never.png", none)).ParamName);
        Assert.Throws<ArgumentNullException>(() => Mat.FromPixelData(1, 1, MatType.CV_8UC1, null!));
    }

    [Fact]
    public void Dispose_on_one_thread_ends_the_calls_of_another_with_an_exception()
    {
        WhichOpenCvSharp.SkipUnlessOurs(Crashes);
        for (var round = 0; round < 300; round++)
        {
            var mat = new Mat(16, 16, MatType.CV_8UC3, Scalar.All(round % 256));
            var refused = false;
            using var running = new ManualResetEventSlim();
            var caller = new Thread(() =>
            {
                using var grey = new Mat();
                try
                {
                    while (true)
                    {
                        Cv2.CvtColor(mat, grey, ColorConversionCodes.BGR2GRAY);
                        _ = mat.Rows;
                        running.Set();
                    }
                }
                catch (ObjectDisposedException)
                {
                    refused = true;
                }
            });
            caller.Start();
            running.Wait(TestContext.Current.CancellationToken);
            Thread.SpinWait(round * 7 % 500);
            mat.Dispose();
            Assert.True(caller.Join(TimeSpan.FromSeconds(30)));
            Assert.True(refused);
        }
    }

    [Fact]
    public void A_window_outlives_the_Mat_it_looks_at()
    {
        var mat = new Mat(100, 100, MatType.CV_8UC1, Scalar.All(5));
        using var window = mat.SubMat(new Rect(10, 10, 5, 5));
        mat.Dispose();
        Assert.Equal(5, window.At<byte>(4, 4));
    }
}
