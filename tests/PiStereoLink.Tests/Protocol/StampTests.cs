using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MetadataExtractor.Formats.Exif;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

public class StampTests
{
    private static readonly Stamp Full = new()
    {
        Camera = new CameraName("garden-left", "0"),
        Identity = new FrameIdentity(0xDEADBEEF, 7, 1_234_567_890_123),
        CapturedAt = new DateTime(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc).AddMicroseconds(123456),
        Clock = new ClockState(ClockSource.Receiver, -1500, 800),
        Boot = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        MonotonicNanoseconds = 123_456_789_012,
        Sensor = "imx219",
        ExposureMicroseconds = 16_666,
        AnalogueGain = 2.5,
        DigitalGain = 1.125,
    };

    private static readonly Stamp Bare = new()
    {
        Camera = new CameraName("n", "left"),
        Identity = new FrameIdentity(1, 2, 3),
        CapturedAt = DateTime.UnixEpoch,
    };

    private static byte[] Stamped(byte[] jpeg, Stamp stamp)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(jpeg);
        var scan = JpegScanner.Check(jpeg);
        using var written = StampWriter.Write(buffer, stamp, (scan.ExifStart, scan.ExifEnd));
        return written.Span.ToArray();
    }

    private static Stamp? Read(byte[] jpeg) => StampReader.TryRead(jpeg, out var stamp) ? stamp : null;

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal(Full, Read(Stamped(Pictures.Skeleton(), Full)));
        Assert.Equal(Bare with { Sensor = "unknown" }, Read(Stamped(Pictures.Skeleton(), Bare)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.12280701, 1.1228)]
    [InlineData(0.05, 0.05)]
    [InlineData(15.99996, 16)]
    [InlineData(0.00004, 0)]
    [InlineData(10.0101, 10.0101)]
    public void A_gain_is_kept_to_four_decimals(double gain, double kept) =>
        Assert.Equal(kept, Read(Stamped(Pictures.Skeleton(), Full with { AnalogueGain = gain }))?.AnalogueGain);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e15)]
    public void A_gain_that_is_none_is_left_out(double gain) =>
        Assert.Null(Read(Stamped(Pictures.Skeleton(), Full with { DigitalGain = gain }))!.Value.DigitalGain);

    [Fact]
    public void The_source_is_the_start_of_the_SHA_256_of_its_names()
    {
        for (var length = 0; length < 200; length++)
        {
            var install = new string('é', length / 3) + new string('a', length);
            var whole = SHA256.HashData(Encoding.UTF8.GetBytes($"{install}/garden/0"));
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(whole), FrameIdentity.SourceOf(install, new CameraName("garden", "0")));
        }
    }

    [Fact]
    public void The_rest_of_the_picture_is_untouched()
    {
        var jpeg = Pictures.Skeleton(entropyBytes: 5000);
        var stamped = Stamped(jpeg, Full);
        Assert.Equal(jpeg[2..], stamped[^(jpeg.Length - 2)..]);
        Assert.InRange(stamped.Length - jpeg.Length, 400, 800);
        Assert.Equal(JpegFault.None, JpegScanner.Check(stamped).Fault);
    }

    [Fact]
    public void It_replaces_the_cameras_own_EXIF()
    {
        var jfif = new byte[] { 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0 };
        var own = Pictures.Skeleton(app1: [.. "Exif\0\0"u8, .. new byte[3000]]);
        foreach (var jpeg in new byte[][] { own, [.. own.AsSpan(0, 2), .. jfif, .. own.AsSpan(2)], Stamped(own, Bare) })
        {
            var stamped = Stamped(jpeg, Full);
            Assert.Equal(Full, Read(stamped));
            Assert.True(stamped.Length < own.Length, "the old EXIF is still there");
            Assert.Equal(JpegFault.None, JpegScanner.Check(stamped).Fault);
        }
    }

    [Fact]
    public void A_real_picture_keeps_its_pixels_and_other_readers_read_the_stamp()
    {
        var stamped = Stamped(Pictures.Real("jpeg/ycck.jpg"), Full);
        var directories = MetadataExtractor.ImageMetadataReader.ReadMetadata(new MemoryStream(stamped));
        var exif = directories.OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal("2026:11:21 08:45:12", exif.GetDescription(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Equal("123456", exif.GetDescription(ExifDirectoryBase.TagSubsecondTimeOriginal));
        Assert.Equal("deadbeef000000070000011f71fb04cb", exif.GetDescription(ExifDirectoryBase.TagImageUniqueId));
        Assert.Equal("281", exif.GetDescription(ExifDirectoryBase.TagIsoEquivalent));
        Assert.Equal("imx219", directories.OfType<ExifIfd0Directory>().Single().GetDescription(ExifDirectoryBase.TagModel));
        Assert.Equal(2, directories.OfType<ExifDirectoryBase>().Count());
    }

    [Fact]
    public void A_camera_that_wrote_no_stamp_has_none()
    {
        Assert.Null(Read(Pictures.Skeleton()));
        Assert.Null(Read([]));
        Assert.Null(Read(Pictures.Real("jpeg/ycck.jpg")));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_gives_a_stamp_or_none_and_never_throws()
    {
        var stamped = Stamped(Pictures.Skeleton(entropyBytes: 4), Full);
        for (var length = 0; length < stamped.Length; length++)
            Read(stamped[..length]);
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var changed = (byte[])stamped.Clone();
            for (var n = random.Next(1, 5); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (Read(changed) is { } stamp)
                Assert.True(CameraName.IsValid(stamp.Camera.Node) && stamp.CapturedAtReceiver.Year >= 1870);
        }
    }

    [Fact]
    public void An_exposure_shorter_than_a_microsecond_is_none()
    {
        var stamped = Stamped(Pictures.Skeleton(), Full with { ExposureMicroseconds = 1 });
        byte[] microsecond = [1, 0, 0, 0, 0x40, 0x42, 0x0F, 0];
        var at = stamped.AsSpan().IndexOf(microsecond);
        stamped[at + 7] = 1;        // a divisor of 17 million instead of one
        Assert.Null(Read(stamped)!.Value.ExposureMicroseconds);
    }

    [Fact]
    public void A_directory_that_points_at_itself_is_no_stamp()
    {
        // One entry, the pointer to the EXIF directory, which is this directory again.
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0];
        Assert.Null(Read(Pictures.Skeleton(app1: [.. "Exif\0\0"u8, .. tiff])));
    }

    [Fact]
    public void Either_byte_order_and_either_directory_will_do()
    {
        // Big-endian, all tags in the first directory, as some camera programs place them.
        var comment = "ASCII\0\0\0{\"v\":1,\"node\":\"a\",\"cam\":\"b\",\"run\":2,\"seq\":3,\"utc_us\":4000000,\"later\":[1,{\"x\":2}]}"u8.ToArray();
        var id = "00000001000000020000000000000003\0"u8.ToArray();
        using var tiff = new MemoryStream();
        void U16(int v) => tiff.Write([(byte)(v >> 8), (byte)v]);
        void U32(int v) { U16(v >> 16); U16(v & 0xFFFF); }
        tiff.Write("MM\0*"u8);
        U32(8);
        U16(2);
        U16(0x9286); U16(7); U32(comment.Length); U32(8 + 2 + 24 + 4);
        U16(0xA420); U16(2); U32(id.Length); U32(8 + 2 + 24 + 4 + comment.Length);
        U32(0);
        tiff.Write(comment);
        tiff.Write(id);
        var stamp = Read(Pictures.Skeleton(app1: [.. "Exif\0\0"u8, .. tiff.ToArray()]))!.Value;
        Assert.Equal((new CameraName("a", "b"), new FrameIdentity(1, 2, 3), DateTime.UnixEpoch.AddSeconds(4)), (stamp.Camera, stamp.Identity, stamp.CapturedAt));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("garden-left2", true)]
    [InlineData("", false)]
    [InlineData("Garden", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void Names_are_folders_and_nothing_else(string name, bool valid) => Assert.Equal(valid, CameraName.IsValid(name));

    [Theory]
    [InlineData("Pi.Garden", "pi-garden")]
    [InlineData("--", "node")]
    public void The_nearest_name_is_a_valid_one(string text, string name) => Assert.Equal(name, CameraName.Nearest(text));
}
