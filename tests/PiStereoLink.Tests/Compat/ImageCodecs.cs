using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

public class ImageCodecs
{
    [Theory]
    [InlineData(".png")]
    [InlineData(".bmp")]
    public void A_lossless_format_gives_every_pixel_back(string extension)
    {
        using var picture = Pictures.Texture(37, 53);
        using var back = Mat.ImDecode(picture.ImEncode(extension), ImreadModes.Grayscale);
        Assert.Equal(picture.AsSpan<byte>(), back.AsSpan<byte>());
    }

    [Fact]
    public void A_jpeg_gives_the_colours_back_almost()
    {
        using var picture = new Mat(48, 64, MatType.CV_8UC3, new Scalar(20, 120, 220));
        Assert.True(Cv2.ImEncode(".jpg", picture, out var bytes));
        using var back = Cv2.ImDecode(bytes, ImreadModes.Color);
        Assert.Equal(picture.Size(), back.Size());
        var (expected, pixel) = (picture.At<Vec3b>(20, 30), back.At<Vec3b>(20, 30));
        Assert.InRange(pixel.Item0, expected.Item0 - 3, expected.Item0 + 3);
        Assert.InRange(pixel.Item1, expected.Item1 - 3, expected.Item1 + 3);
        Assert.InRange(pixel.Item2, expected.Item2 - 3, expected.Item2 + 3);
    }

    [Fact]
    public void A_lower_quality_makes_a_smaller_jpeg()
    {
        using var picture = Pictures.Texture(64, 64);
        var fine = picture.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 95));
        var coarse = picture.ImEncode(".jpg", [(int)ImwriteFlags.JpegQuality, 20]);
        Assert.True(coarse.Length < fine.Length / 2, $"{coarse.Length} bytes at 20, {fine.Length} at 95.");
    }

    [Fact]
    public void Reduced_modes_decode_at_half_the_size()
    {
        using var picture = Pictures.Texture(64, 96);
        using var half = Mat.ImDecode(picture.ImEncode(".jpg"), ImreadModes.ReducedGrayscale2);
        Assert.Equal(new Size(48, 32), half.Size());
        Assert.Equal(MatType.CV_8UC1, half.Type());
    }

    [Fact]
    public void Bytes_in_a_Mat_decode_like_an_array()
    {
        using var picture = Pictures.Texture(16, 16);
        var png = picture.ImEncode(".png");
        using var bytes = Mat.FromPixelData(1, png.Length, MatType.CV_8UC1, png);
        using var back = Cv2.ImDecode(bytes, ImreadModes.Grayscale);
        using var again = Cv2.ImDecode((InputArray)bytes, ImreadModes.Grayscale);
        Assert.Equal(picture.AsSpan<byte>(), back.AsSpan<byte>());
        Assert.Equal(picture.AsSpan<byte>(), again.AsSpan<byte>());
    }

    [Fact]
    public void Garbage_gives_an_empty_Mat()
    {
        using var picture = Mat.ImDecode([1, 2, 3, 4, 5]);
        Assert.True(picture.Empty());
    }

    [Fact]
    public void No_bytes_are_an_ArgumentException()
    {
        Assert.Throws<ArgumentException>(() => Mat.ImDecode(Array.Empty<byte>()));
        Assert.Throws<ArgumentException>(() => Cv2.ImDecode(ReadOnlySpan<byte>.Empty, ImreadModes.Color));
        Assert.Throws<ArgumentNullException>(() => Cv2.ImDecode((byte[])null!, ImreadModes.Color));
    }

    // OpenCV gives what there is of it, so the product checks a JPEG's structure before it decodes.
    [Fact]
    public void A_jpeg_cut_short_still_decodes()
    {
        using var picture = Pictures.Texture(64, 64);
        var jpeg = picture.ImEncode(".jpg");
        using var part = Mat.ImDecode(jpeg.AsSpan(0, jpeg.Length * 2 / 3), ImreadModes.Grayscale);
        Assert.Equal(picture.Size(), part.Size());
        Assert.False(part.Empty());
    }

    [Fact]
    public void An_unknown_extension_is_an_OpenCVException()
    {
        using var picture = Pictures.Texture(8, 8);
        var refused = Assert.Throws<OpenCVException>(() => picture.ImEncode(".picture"));
        Assert.Contains("encoder", refused.ErrMsg, StringComparison.Ordinal);
        Assert.Equal("imencode", refused.FuncName);
    }

    [Fact]
    public void Files_are_written_and_read()
    {
        var folder = Directory.CreateTempSubdirectory("pistereolink-");
        try
        {
            var (file, pages) = (Path.Combine(folder.FullName, "ä.png"), Path.Combine(folder.FullName, "pages.tiff"));
            using var picture = Pictures.Texture(12, 34);
            Assert.True(Cv2.ImWrite(file, picture, new ImageEncodingParam(ImwriteFlags.PngCompression, 1)));
            Assert.True(Cv2.ImWrite(pages, [picture, picture]));
            using var back = Cv2.ImRead(file, ImreadModes.Grayscale);
            using var page = new Mat(pages, ImreadModes.Grayscale);
            Assert.Equal(picture.AsSpan<byte>(), back.AsSpan<byte>());
            Assert.Equal(picture.AsSpan<byte>(), page.AsSpan<byte>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_gives_an_empty_Mat()
    {
        using var picture = Cv2.ImRead("no-such-picture.jpg");
        Assert.True(picture.Empty());
    }
}
