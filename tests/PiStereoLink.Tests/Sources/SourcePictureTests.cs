using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Tests.Sources;

/// <summary>From what a device gives to a JPEG.</summary>
public class SourcePictureTests
{
    [Fact]
    public void A_cameras_JPEG_stays_as_it_is_and_what_stands_behind_it_goes()
    {
        var jpeg = FlatScene.Left();
        using var given = Row([.. jpeg, .. new byte[500]]);
        var (buffer, size) = SourcePicture.Of(given, crop: null)!.Value;
        using (buffer)
            Assert.Equal(jpeg, buffer.Span.ToArray());
        Assert.Equal((320, 240), size);
    }

    [Fact]
    public void A_broken_one_is_none()
    {
        using var given = Row(FlatScene.Left()[..^500]);
        Assert.Null(SourcePicture.Of(given, crop: null));
        Assert.Null(SourcePicture.Decode(given));
    }

    [Fact]
    public void Huffman_tables_that_a_camera_leaves_out_are_put_in()
    {
        var tableless = Pictures.Real("jpeg/mjpeg.jpg");
        using var given = Row(tableless);
        using var buffer = SourcePicture.Of(given, crop: null)!.Value.Jpeg;
        Assert.Null(StandardHuffmanTables.PlaceOfMissing(buffer.Span));
    }

    [Fact]
    public void YUYV_becomes_a_picture_of_the_same_grey()
    {
        using var yuyv = new Mat(40, 60, MatType.CV_8UC2, new Scalar(150, 128));
        using var pixels = SourcePicture.Decode(yuyv)!;
        Assert.Equal((60, 40, MatType.CV_8UC3), (pixels.Cols, pixels.Rows, pixels.Type()));
        // 150 of 16..235 is 156 of 0..255 (BT.601).
        Assert.All(pixels.RowSpan<byte>(20).ToArray(), value => Assert.InRange(value, 155, 157));
    }

    [Fact]
    public void The_middle_is_cut_out()
    {
        using var pixels = new Mat(10, 20, MatType.CV_8UC3, new Scalar(0));
        for (var y = 3; y < 7; y++)
            pixels.RowSpan<byte>(y)[18..42].Fill(200);
        using var buffer = SourcePicture.Encode(pixels, (8, 4)).Jpeg;
        using var decoded = Mat.ImDecode(buffer.Span);
        Assert.Equal((8, 4), (decoded.Cols, decoded.Rows));
        for (var y = 0; y < 4; y++)
            Assert.All(decoded.RowSpan<byte>(y).ToArray(), value => Assert.InRange(value, 195, 205));
    }

    private static Mat Row(byte[] bytes)
    {
        var row = new Mat(1, bytes.Length, MatType.CV_8UC1);
        bytes.CopyTo(row.RowSpan<byte>(0));
        return row;
    }
}
