using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class PictureFileTests
{
    private static readonly FloatPicture Sample = new(3, 2, [1.5f, 2f, float.PositiveInfinity, 4f, 5f, 6.25f]);

    [Fact]
    public void A_pfm_has_its_bottom_row_first_and_little_endian_floats()
    {
        using var file = new MemoryStream();
        Pfm.Write(file, Sample);
        var bytes = file.ToArray();
        var header = "Pf\n3 2\n-1\n"u8;

        Assert.True(bytes.AsSpan().StartsWith(header));
        Assert.Equal(header.Length + 24, bytes.Length);
        Assert.Equal(4f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(header.Length)));
        Assert.Equal(1.5f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(header.Length + 12)));
    }

    [Fact]
    public void A_pfm_is_read_as_it_was_written()
    {
        using var file = new MemoryStream();
        Pfm.Write(file, Sample);
        file.Position = 0;
        var read = Pfm.Read(file, "memory");
        Assert.Equal((3, 2), (read.Width, read.Height));
        Assert.Equal(Sample.Values.ToArray(), read.Values.ToArray());
    }

    [Fact]
    public void A_big_endian_pfm_is_read()
    {
        byte[] bytes = [.. "Pf\n1 1\n1.0\n"u8, 0x3F, 0xC0, 0, 0];
        Assert.Equal(1.5f, Pfm.Read(new MemoryStream(bytes), "memory")[0, 0]);
    }

    [Theory]
    [InlineData("PF\n1 1\n-1\n1234", "'PF'")]
    [InlineData("Pf\n0 1\n-1\n1234", "side '0'")]
    [InlineData("Pf\n99999 1\n-1\n1234", "side '99999'")]
    [InlineData("Pf\n1 x\n-1\n1234", "side 'x'")]
    [InlineData("Pf\n1 1\nzero\n1234", "scale 'zero'")]
    [InlineData("Pf\n1 1\n0\n1234", "scale '0'")]
    [InlineData("Pf\n2 2\n-1\n1234", "ends before its 2x2 pixels do")]
    [InlineData("Pf\n30000 30000\n-1\n1234", "ends before its 30000x30000 pixels do")]
    [InlineData("Pf\n2", "ends inside its PFM header")]
    public void A_bad_pfm_is_refused_by_name(string content, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Pfm.Read(new MemoryStream(Encoding.Latin1.GetBytes(content)), "truth.pfm"));
        Assert.StartsWith("truth.pfm ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disparity_png_holds_pixels_times_256_and_0_for_none()
    {
        var map = new DisparityMap(4, 1, [3 * 16, 4 * 16, 4 * 16 + 1, 131 * 16 + 15], 4, 128);
        var png = DisparityPng.Encode(map);
        using var raw = OpenCvSharp.Mat.ImDecode(png, OpenCvSharp.ImreadModes.Unchanged);

        Assert.Equal([0, 1024, 1040, 33776], raw.RowSpan<ushort>(0).ToArray());
        Assert.Equal([float.PositiveInfinity, 4f, 4.0625f, 131.9375f], DisparityPng.Read(png, "memory").Values.ToArray());
    }

    [Fact]
    public void A_disparity_png_does_not_hold_disparities_it_cannot_write()
    {
        var map = new DisparityMap(1, 1, [16], 16, 256);
        var error = Assert.Throws<ArgumentException>(() => DisparityPng.Encode(map));
        Assert.Contains("272 px", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_disparities_and_0_are_none_in_a_png() =>
        Assert.Equal(
            [float.PositiveInfinity, float.PositiveInfinity, 1f],
            DisparityPng.Read(DisparityPng.Encode(new DisparityMap(3, 1, [-16, 0, 16], -16, 32)), "memory").Values.ToArray());

    [Fact]
    public void An_8_bit_picture_is_no_disparity_png()
    {
        var jpeg = new ColourPicture(8, 8, new Bgr[64]).EncodeJpeg();
        Assert.Throws<InvalidDataException>(() => DisparityPng.Read(jpeg, "d.png"));
    }

    [Fact]
    public void A_cloud_is_written_as_binary_ply()
    {
        var ply = Cloud().ToPly();
        var text = Encoding.Latin1.GetString(ply);
        var at = text.IndexOf("end_header\n", StringComparison.Ordinal) + "end_header\n".Length;

        Assert.StartsWith("ply\nformat binary_little_endian 1.0\n", text, StringComparison.Ordinal);
        Assert.Contains("element vertex 2\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n", text, StringComparison.Ordinal);
        Assert.Equal(at + 2 * 15, ply.Length);
        Assert.Equal(Cloud().Points[1].Z, BinaryPrimitives.ReadSingleLittleEndian(ply.AsSpan(at + 15 + 8)));
        Assert.Equal([30, 20, 10], ply[(at + 12)..(at + 15)]);
    }

    [Fact]
    public void A_cloud_is_written_as_ascii_ply()
    {
        var lines = Encoding.ASCII.GetString(Cloud().ToPly(PlyFormat.Ascii)).TrimEnd('\n').Split('\n');
        Assert.Equal("format ascii 1.0", lines[1]);
        var points = lines[(Array.IndexOf(lines, "end_header") + 1)..];
        Assert.Equal(2, points.Length);
        var first = points[0].Split(' ').Select(word => float.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        var point = Cloud().Points[0];
        Assert.Equal([point.X, point.Y, point.Z, 30, 20, 10], first);
    }

    [Fact]
    public void A_long_ascii_cloud_has_every_line()
    {
        var rig = MadeUpRig.Calibration();
        var values = new short[rig.ImageWidth * rig.ImageHeight];
        Array.Fill(values, (short)(20 * 16 + 3));
        var cloud = PointCloud.FromDisparity(
            new DisparityMap(rig.ImageWidth, rig.ImageHeight, values, 4, 128), rig, new ColourPicture(rig.ImageWidth, rig.ImageHeight, new Bgr[values.Length]));
        var lines = Encoding.ASCII.GetString(cloud.ToPly(PlyFormat.Ascii)).TrimEnd('\n').Split('\n');
        Assert.Equal(values.Length, cloud.Points.Length);
        Assert.Equal(11 + values.Length, lines.Length);
        Assert.True(lines[11..].All(line => line.Split(' ').Length == 6), "Each line is a point.");
    }

    [Theory]
    [InlineData("progressive3.jpg")]
    [InlineData("testorig.jpg")]
    [InlineData("16bit-qtables.jpg")]
    [InlineData("mjpeg.jpg")]
    public void The_header_tells_the_size_that_the_decoder_finds(string file)
    {
        var bytes = File.ReadAllBytes(TestFiles.Shared("jpeg/" + file));
        using var picture = EncodedPicture.DecodeGrey(bytes, file);
        Assert.Equal((picture.Cols, picture.Rows), EncodedPicture.ReadSize(bytes, file));
    }

    [Theory]
    [InlineData("empty.jpg")]
    [InlineData("max_size.jpg")]
    [InlineData("missing-sof.jpg")]
    [InlineData("null_height.jpg")]
    [InlineData("missing-sos.jpg")]
    public void A_jpeg_that_nobody_should_decode_is_refused_at_once(string file)
    {
        var bytes = File.ReadAllBytes(TestFiles.Shared("jpeg/damaged/" + file));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<InvalidDataException>(() => EncodedPicture.DecodeGrey(bytes, file).Dispose());
        Assert.True(watch.ElapsedMilliseconds < 1000, $"It took {watch.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public void A_small_jpeg_that_claims_a_giant_picture_never_reaches_the_decoder()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8, 0x7F, 0xFF, 0x7F, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xD9];
        var error = Assert.Throws<InvalidDataException>(() => EncodedPicture.DecodeGrey(jpeg, "The left picture").Dispose());
        Assert.Equal("The left picture claims 32767x32767 pixels; 1 to 64000000 pixels are decoded.", error.Message);
    }

    [Fact]
    public void A_kind_of_picture_that_cameras_do_not_send_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => EncodedPicture.DecodeGrey("II*\0 a TIFF"u8, "The left picture"));
        Assert.StartsWith("The left picture is not a JPEG, PNG or PNM", error.Message, StringComparison.Ordinal);
    }

    private static PointCloud Cloud()
    {
        var rig = MadeUpRig.Calibration();
        var (width, height) = (rig.ImageWidth, rig.ImageHeight);
        var values = new short[width * height];
        Array.Fill(values, (short)(3 * 16));
        values[0] = 20 * 16;
        values[width * 5 + 7] = 40 * 16;
        var pixels = new Bgr[width * height];
        pixels[0] = new Bgr(10, 20, 30);
        return PointCloud.FromDisparity(new DisparityMap(width, height, values, 4, 128), rig, new ColourPicture(width, height, pixels));
    }
}
