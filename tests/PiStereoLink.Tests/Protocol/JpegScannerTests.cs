using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

public class JpegScannerTests
{
    private static JpegFault Fault(byte[] jpeg) => JpegScanner.Check(jpeg).Fault;

    [Fact]
    public void A_whole_picture_passes_and_tells_its_size()
    {
        var scan = JpegScanner.Check(Pictures.Skeleton(640, 480));
        Assert.Equal((JpegFault.None, 640, 480, 3, 1), (scan.Fault, scan.Width, scan.Height, scan.Components, scan.Scans));
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_answer()
    {
        var jpeg = Pictures.Skeleton(app1: [.. "Exif\0\0"u8, 1, 2, 3, 0xFF, 0xD8, 0xFF, 0xD9]);
        for (var size = 1; size < 40; size++)
        {
            var scan = new JpegScanner();
            var taken = 0;
            for (var at = 0; at < jpeg.Length; at += size)
                taken += scan.Scan(jpeg.AsSpan(at, Math.Min(size, jpeg.Length - at)));
            Assert.Equal((true, JpegFault.None, jpeg.Length), (scan.IsDone, scan.Fault, taken));
            Assert.Equal((2, 2 + 4 + 13), (scan.ExifStart, scan.ExifEnd));
        }
    }

    [Fact]
    public void EXIF_with_nothing_in_it_has_an_end()
    {
        var scan = JpegScanner.Check(Pictures.Skeleton(app1: [.. "Exif\0\0"u8]));
        Assert.Equal((2, 2 + 4 + 6), (scan.ExifStart, scan.ExifEnd));
    }

    [Fact]
    public void Every_prefix_is_truncated()
    {
        var jpeg = Pictures.Skeleton();
        for (var length = 2; length < jpeg.Length; length++)
            Assert.Equal(JpegFault.NoEnd, Fault(jpeg[..length]));
        Assert.Equal(JpegFault.NoStart, Fault([]));
        Assert.Equal(JpegFault.NoStart, Fault([0xFF]));
    }

    [Fact]
    public void What_a_decoder_must_not_see_is_refused_by_name()
    {
        Assert.Equal(JpegFault.TooManyPixels, Fault(Pictures.Skeleton(32767, 32767)));
        Assert.Equal(JpegFault.None, Fault(Pictures.Skeleton(10_000, 10_000)));
        Assert.Equal(JpegFault.TooManyPixels, Fault(Pictures.Skeleton(10_001, 10_000)));
        Assert.Equal(JpegFault.None, Fault(Pictures.Skeleton(sof: 0xC2, scans: 100)));
        Assert.Equal(JpegFault.TooManyScans, Fault(Pictures.Skeleton(sof: 0xC2, scans: 101)));
        Assert.Equal(JpegFault.NoPixels, Fault(Pictures.Skeleton(0, 480)));
        Assert.Equal(JpegFault.NoPixels, Fault(Pictures.Skeleton(640, 0)));
        Assert.Equal(JpegFault.Components, Fault(Pictures.Skeleton(components: 2)));
        Assert.Equal(JpegFault.Precision, Fault(Pictures.Skeleton(sof: 0xC1, precision: 12)));
        Assert.Equal(JpegFault.Coding, Fault(Pictures.Skeleton(sof: 0xC9)));
        Assert.Equal(JpegFault.Coding, Fault(Pictures.Skeleton(sof: 0xC3)));
        Assert.Equal(JpegFault.NoScan, Fault(Pictures.Skeleton(scans: 0)));
        Assert.Equal(JpegFault.NoFrameHeader, Fault([0xFF, 0xD8, 0xFF, 0xD9]));
        Assert.Equal(JpegFault.NoFrameHeader, Fault([0xFF, 0xD8, 0xFF, 0xDA, 0, 4, 0, 0, 0xFF, 0xD9]));
        Assert.Equal(JpegFault.Segment, Fault([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0, 0]));
    }

    [Fact]
    public void Legal_oddities_pass()
    {
        var jpeg = Pictures.Skeleton();
        Assert.Equal(JpegFault.None, Fault([.. jpeg, 1, 2, 3]));                                        // bytes after the end
        Assert.Equal(JpegFault.None, Fault([0xFF, 0xD8, 0xFF, 0xFF, .. jpeg.AsSpan(2)]));               // fill bytes
        Assert.Equal(JpegFault.None, Fault([.. jpeg.AsSpan(0, jpeg.Length - 2), 0xFF, 0xD3, 7, 0xFF, 0, 0xFF, 0xFF, 0xD9]));
    }

    [Theory]
    [InlineData("testorig.jpg")]
    [InlineData("testimgint.jpg")]
    [InlineData("mjpeg.jpg")]
    [InlineData("progressive3.jpg")]
    [InlineData("extraneous-data.jpg")]
    [InlineData("restarts.jpg")]
    [InlineData("ycck.jpg")]
    [InlineData("rgb.jpg")]
    [InlineData("16bit-qtables.jpg")]
    public void Real_pictures_pass(string name) => Assert.Equal(JpegFault.None, Fault(Pictures.Real(Path.Combine("jpeg", name))));

    [Theory]
    [InlineData("testimgari.jpg", JpegFault.Coding)]
    [InlineData("monkey12.jpg", JpegFault.Precision)]
    [InlineData("damaged/empty.jpg", JpegFault.NoStart)]
    [InlineData("damaged/invalid-dimensions.jpg", JpegFault.NoPixels)]
    [InlineData("damaged/max_size.jpg", JpegFault.TooManyPixels)]
    [InlineData("damaged/null_height.jpg", JpegFault.NoPixels)]
    [InlineData("damaged/missing-sof.jpg", JpegFault.NoEnd)]
    [InlineData("damaged/missing-sos.jpg", JpegFault.NoScan)]
    [InlineData("damaged/missing-frame-image-1410.jpg", JpegFault.NoFrameHeader)]
    public void Real_damage_is_refused(string name, JpegFault fault) => Assert.Equal(fault, Fault(Pictures.Real(Path.Combine("jpeg", name))));
}
