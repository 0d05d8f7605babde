using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

public class MatElements
{
    [Fact]
    public void A_new_Mat_has_the_shape_and_the_type_asked_for()
    {
        using var mat = new Mat(480, 640, MatType.CV_16SC2);
        Assert.Equal((480, 640, 480, 640), (mat.Rows, mat.Cols, mat.Height, mat.Width));
        Assert.Equal(new Size(640, 480), mat.Size());
        Assert.Equal(MatType.CV_16SC2, mat.Type());
        Assert.Equal((MatType.CV_16S, 2, 4, 2), (mat.Depth(), mat.Channels(), mat.ElemSize(), mat.ElemSize1()));
        Assert.Equal((640 * 4, 4, 640 * 2), (mat.Step(), mat.Step(1), mat.Step1()));
        Assert.Equal((480L * 640, 2), (mat.Total(), mat.Dims));
        Assert.True(mat.IsContinuous());
        Assert.False(mat.Empty());
        Assert.NotEqual(0, mat.Data);
    }

    [Theory]
    [InlineData(MatType.CV_8U, 1)]
    [InlineData(MatType.CV_8S, 1)]
    [InlineData(MatType.CV_16U, 2)]
    [InlineData(MatType.CV_16S, 2)]
    [InlineData(MatType.CV_32S, 4)]
    [InlineData(MatType.CV_32F, 4)]
    [InlineData(MatType.CV_64F, 8)]
    [InlineData(MatType.CV_16F, 2)]
    public void Each_depth_has_its_size(int depth, int size)
    {
        using var mat = new Mat(2, 3, MatType.MakeType(depth, 3));
        Assert.Equal((size, size * 3, depth, 3), (mat.ElemSize1(), mat.ElemSize(), mat.Type().Depth, mat.Type().Channels));
        Assert.Equal(size * 9, mat.Step());
    }

    [Fact]
    public void An_empty_Mat_has_nothing()
    {
        using var mat = new Mat();
        Assert.True(mat.Empty());
        Assert.Equal((0, 0, 0L), (mat.Rows, mat.Cols, mat.Total()));
        Assert.True(mat.AsSpan<byte>().IsEmpty);
    }

    [Fact]
    public void Elements_are_read_and_written()
    {
        using var mat = new Mat(3, 4, MatType.CV_8UC3, Scalar.All(7));
        mat.At<Vec3b>(2, 3) = new Vec3b(1, 2, 3);
        mat.Set(1, 0, new Vec3b(4, 5, 6));
        Assert.Equal(new Vec3b(1, 2, 3), mat.Get<Vec3b>(2, 3));
        Assert.Equal(new Vec3b(4, 5, 6), mat.At<Vec3b>(1));
        Assert.Equal([7, 7, 7], mat.RowSpan<byte>(0)[..3].ToArray());
        Assert.Equal(new Vec3b(1, 2, 3), mat.RowSpan<Vec3b>(2)[3]);
        Assert.Equal(mat.Data + mat.Step() + 3, mat.Ptr(1, 1));
        Assert.Equal(mat.Ptr(1), mat.Ptr(1, 0));
    }

    [Fact]
    public void A_window_shares_the_pixels_and_knows_its_step()
    {
        using var mat = Pictures.Texture(10, 20);
        using var window = mat.SubMat(new Rect(5, 3, 4, 2));
        Assert.Equal((2, 4, 20L), (window.Rows, window.Cols, window.Step()));
        Assert.True(window.IsSubmatrix());
        Assert.False(window.IsContinuous());
        Assert.Equal(mat.RowSpan<byte>(4)[5..9].ToArray(), window.RowSpan<byte>(1).ToArray());
        window.SetTo(new Scalar(9));
        Assert.Equal(9, mat.At<byte>(3, 5));
    }

    [Fact]
    public void Every_way_to_name_a_window_gives_the_same()
    {
        using var mat = Pictures.Texture(10, 20);
        using var byRect = new Mat(mat, new Rect(5, 3, 4, 2));
        using var byNumbers = mat.SubMat(3, 5, 5, 9);
        using var byRanges = mat.SubMat(new OpenCvSharp.Range(3, 5), new OpenCvSharp.Range(5, 9));
        using var byEnds = mat.SubMat(3..5, 5..^11);
        using var rows = new Mat(mat, new OpenCvSharp.Range(3, 5));
        Assert.All([byNumbers, byRanges, byEnds], window => Assert.Equal((byRect.Data, byRect.Size()), (window.Data, window.Size())));
        Assert.Equal((mat.Ptr(3), new Size(20, 2)), (rows.Data, rows.Size()));
    }

    // As in the package: a caller that takes any Mat goes row by row.
    [Fact]
    public void A_window_has_no_span_over_all_of_it()
    {
        using var mat = Pictures.Texture(10, 20);
        using var window = mat.SubMat(new Rect(5, 3, 4, 2));
        Assert.True(window.AsSpan<byte>().IsEmpty);
    }

    [Fact]
    public void A_window_outside_is_an_OpenCVException()
    {
        using var mat = Pictures.Texture(10, 20);
        Assert.Throws<OpenCVException>(() => mat.SubMat(new Rect(18, 0, 4, 2)));
    }

    [Fact]
    public void Pixel_data_is_shared_not_copied()
    {
        var pixels = new byte[6];
        using var mat = Mat.FromPixelData(2, 3, MatType.CV_8UC1, pixels);
        mat.At<byte>(1, 2) = 42;
        pixels[0] = 17;
        Assert.Equal(42, pixels[5]);
        Assert.Equal(17, mat.At<byte>(0, 0));
    }

    [Fact]
    public void Pixel_data_stays_in_its_place()
    {
        _ = new byte[50_000]; // a gap that a compaction would close
        var pixels = new byte[50_000];
        using var mat = Mat.FromPixelData(1, pixels.Length, MatType.CV_8UC1, pixels);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        _ = new byte[50_000];
        pixels.AsSpan().Fill(17);
        Assert.Equal(-1, mat.AsSpan<byte>().IndexOfAnyExcept((byte)17));
    }

    [Fact]
    public unsafe void Pixel_data_behind_a_pointer_may_have_gaps()
    {
        var pixels = stackalloc byte[8] { 1, 2, 3, 0, 4, 5, 6, 0 };
        using var mat = Mat.FromPixelData(2, 3, MatType.CV_8UC1, (nint)pixels, 4);
        using var copy = mat.Clone();
        Assert.False(mat.IsContinuous());
        Assert.Equal([1, 2, 3, 4, 5, 6], copy.AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Copies_conversions_and_shapes()
    {
        using var mat = Pictures.Matrix(2, 2, 1.4, 2.6, -3, 300);
        using var bytes = new Mat();
        mat.ConvertTo(bytes, MatType.CV_8UC1);
        Assert.Equal([1, 3, 0, 255], bytes.AsSpan<byte>().ToArray());

        using var half = new Mat();
        mat.ConvertTo(half, MatType.CV_32FC1, 0.5, 1);
        Assert.Equal([1.7f, 2.3f, -0.5f, 151f], half.AsSpan<float>().ToArray());

        using var pairs = bytes.Reshape(2, 1);
        Assert.Equal((1, 2, MatType.CV_8UC2, bytes.Data), (pairs.Rows, pairs.Cols, pairs.Type(), pairs.Data));

        using var target = new Mat(2, 2, MatType.CV_8UC1, Scalar.All(9));
        using var mask = new Mat(2, 2, MatType.CV_8UC1, Scalar.All(0));
        mask.Set<byte>(0, 1, 255);
        bytes.CopyTo(target, mask);
        Assert.Equal([9, 3, 9, 9], target.AsSpan<byte>().ToArray());

        target.SetTo(new Scalar(5), mask);
        Assert.Equal([9, 5, 9, 9], target.AsSpan<byte>().ToArray());

        using var identity = Mat.EyeMat(2, 2, MatType.CV_64FC1);
        Assert.Equal([1, 0, 0, 1], identity.AsSpan<double>().ToArray());

        var before = target.Data;
        target.Create(2, 2, MatType.CV_8UC1);
        Assert.Equal(before, target.Data);
        target.Create(new Size(3, 4), MatType.CV_32FC1);
        Assert.Equal((4, 3, MatType.CV_32FC1), (target.Rows, target.Cols, target.Type()));
    }

    [Fact]
    public void An_element_outside_is_refused()
    {
        WhichOpenCvSharp.SkipUnlessOurs("The package reads and writes wherever it is told to.");
        using var mat = new Mat(3, 4, MatType.CV_8UC1, Scalar.All(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.At<byte>(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.At<byte>(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.At<int>(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Set(0, 4, (byte)1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.RowSpan<byte>(3));
    }

    [Fact]
    public void An_array_that_is_too_short_is_refused()
    {
        WhichOpenCvSharp.SkipUnlessOurs("The package reads on behind the array.");
        var refused = Assert.Throws<ArgumentException>(() => Mat.FromPixelData(2, 3, MatType.CV_8UC3, new byte[17]));
        Assert.StartsWith("The array holds 17 bytes, a Mat of 2x3 CV_8UC3 needs 18.", refused.Message, StringComparison.Ordinal);
    }
}
