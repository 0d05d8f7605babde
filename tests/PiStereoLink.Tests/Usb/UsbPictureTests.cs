using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Usb;

/// <summary>From the bytes in a driver's buffer to a stamped frame.</summary>
public class UsbPictureTests
{
    private static readonly CameraName Camera = new("garden", "0");

    private static FrameStamper Stamper => new(Camera, "installation", run: 7, TimeSpan.FromMilliseconds(33), TimeProvider.System);

    [Fact]
    public void What_a_camera_fills_up_behind_a_picture_is_left_out()
    {
        var jpeg = Pictures.Skeleton();
        var picture = UsbPicture.Of([.. jpeg, .. new byte[1000]])!.Value;
        using var bytes = picture.Bytes;
        Assert.Equal(jpeg.Length + StandardHuffmanTables.Segment.Length, bytes.Length);
        Assert.Equal(JpegFault.None, JpegScanner.Check(bytes.Span).Fault);
    }

    [Fact]
    public void A_picture_that_is_not_whole_is_none()
    {
        var jpeg = Pictures.Skeleton();
        for (var length = 0; length < jpeg.Length; length++)
            Assert.Null(UsbPicture.Of(jpeg.AsSpan(0, length)));
        Assert.Null(UsbPicture.Of(new byte[64]));
        Assert.Null(UsbPicture.Of([.. jpeg[..60], .. jpeg]));       // half a picture, and then the next
    }

    [Fact]
    public void A_frame_carries_the_drivers_time_and_the_cameras_name()
    {
        var driver = MonotonicNanoseconds() - 25_000_000;
        var before = DateTime.UtcNow;
        using var frame = (UsbPicture.Of(Pictures.Skeleton())!.Value with { MonotonicNanoseconds = driver }).Stamp(Stamper, "Side-by-side webcam");
        var stamp = Agent.Stamped.Of(frame.Bytes.ToArray());
        Assert.Equal((driver, "Side-by-side webcam", null), (stamp.MonotonicNanoseconds, stamp.Sensor, stamp.Clock.ErrorMicroseconds));
        Assert.InRange(stamp.CapturedAt, before.AddSeconds(-60), DateTime.UtcNow.AddMilliseconds(-25));
    }

    [Fact]
    public void Without_the_drivers_time_a_frame_says_how_wrong_its_time_may_be()
    {
        using var frame = UsbPicture.Of(Pictures.Skeleton())!.Value.Stamp(Stamper, "webcam");
        Assert.Equal(133_000, Agent.Stamped.Of(frame.Bytes.ToArray()).Clock.ErrorMicroseconds);
    }

    [Fact]
    public void But_for_the_stamp_and_the_tables_no_byte_of_a_real_picture_changes()
    {
        var bare = Pictures.Real("jpeg/mjpeg.jpg");
        using var frame = UsbPicture.Of(bare)!.Value.Stamp(Stamper, "webcam");
        var picture = Agent.Stamped.Without(frame.Bytes.ToArray());
        var tables = picture.AsSpan().IndexOf(StandardHuffmanTables.Segment);
        Assert.Equal<byte[]>(bare, [.. picture[..tables], .. picture[(tables + StandardHuffmanTables.Segment.Length)..]]);
        var scanned = JpegScanner.Check(frame.Bytes.Span);
        Assert.Equal((JpegFault.None, 960, 720), (scanned.Fault, scanned.Width, scanned.Height));
    }

    [Fact]
    public void The_cameras_own_EXIF_gives_way_to_the_stamp()
    {
        var own = Pictures.Skeleton(app1: [.. "Exif\0\0"u8, .. new byte[20]]);
        using var frame = UsbPicture.Of(own)!.Value.Stamp(Stamper, "webcam");
        var picture = frame.Bytes.ToArray();
        Assert.Equal(picture.AsSpan().IndexOf("Exif\0\0"u8), picture.AsSpan().LastIndexOf("Exif\0\0"u8));
        Assert.Equal(Camera, Agent.Stamped.Of(picture).Camera);
    }

    private static long MonotonicNanoseconds() => (long)((Int128)TimeProvider.System.GetTimestamp() * 1_000_000_000 / TimeProvider.System.TimestampFrequency);
}
