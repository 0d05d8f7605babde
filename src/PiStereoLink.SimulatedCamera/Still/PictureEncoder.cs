using System.Runtime.InteropServices;
using OpenCvSharp;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>Turns a picture into the bytes of a file.</summary>
/// <param name="encoding">jpg, png, bmp, rgb or yuv420.</param>
/// <param name="quality">Of a JPEG.</param>
/// <param name="exif">What a JPEG says about itself, or null.</param>
/// <param name="thumbnail">What it shows of itself, or null.</param>
internal sealed class PictureEncoder(Framing framing, string encoding, int quality, Exif? exif, Thumbnail? thumbnail)
{
    private const int JfifBytes = 20;

    public byte[] Encode(StillPicture picture) => encoding switch
    {
        "jpg" => Jpeg(picture),
        "png" => Png(picture.Bgr),
        "bmp" => Bmp(picture.Bgr),
        "rgb" => Rgb(picture.Bgr),
        _ => Yuv420(picture.Bgr),
    };

    private byte[] Jpeg(StillPicture picture)
    {
        using var mat = MatOf(picture.Bgr);
        Cv2.ImEncode(".jpg", mat, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        if (exif is null)
            return jpeg;
        // EXIF stands where the encoder put JFIF: first.
        var segment = exif.Segment(picture.Reading, picture.LocalTime, thumbnail?.Of(mat));
        return [0xFF, 0xD8, .. segment, .. jpeg.AsSpan(JfifBytes)];
    }

    private byte[] Png(byte[] bgr)
    {
        using var mat = MatOf(bgr);
        Cv2.ImEncode(".png", mat, out var png);
        return png;
    }

    private byte[] Bmp(byte[] bgr)
    {
        const int headerBytes = 54;
        var rowBytes = (3 * framing.Width + 3) / 4 * 4;
        using var file = new MemoryStream(headerBytes + rowBytes * framing.Height);
        using var writer = new BinaryWriter(file);
        writer.Write("BM"u8);
        writer.Write(headerBytes + rowBytes * framing.Height);
        writer.Write(0);
        writer.Write(headerBytes);
        writer.Write(40);                   // the length of what follows of the header
        writer.Write(framing.Width);
        writer.Write(framing.Height);       // above zero: the bottom row first
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);         // not compressed; no palette, no resolution
        for (var row = framing.Height - 1; row >= 0; row--)
        {
            writer.Write(bgr, row * 3 * framing.Width, 3 * framing.Width);
            writer.Write(new byte[rowBytes - 3 * framing.Width]);
        }
        return file.ToArray();
    }

    private static byte[] Rgb(byte[] bgr)
    {
        var rgb = (byte[])bgr.Clone();
        for (var at = 0; at < rgb.Length; at += 3)
            (rgb[at], rgb[at + 2]) = (rgb[at + 2], rgb[at]);
        return rgb;
    }

    // Full range BT.601, as JPEG has it: the plane of Y, then U and V of each 2 x 2 pixels.
    private byte[] Yuv420(byte[] bgr)
    {
        var (width, height) = (framing.Width, framing.Height);
        var yuv = new byte[width * height + 2 * (width / 2) * (height / 2)];
        for (var pixel = 0; pixel < width * height; pixel++)
            yuv[pixel] = Count(0.299 * bgr[3 * pixel + 2] + 0.587 * bgr[3 * pixel + 1] + 0.114 * bgr[3 * pixel]);
        var (u, v) = (width * height, width * height + width / 2 * (height / 2));
        for (var row = 0; row + 1 < height; row += 2)
            for (var column = 0; column + 1 < width; column += 2)
            {
                var (red, green, blue) = (Mean(row, column, 2), Mean(row, column, 1), Mean(row, column, 0));
                yuv[u++] = Count(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue);
                yuv[v++] = Count(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue);
            }
        return yuv;

        static byte Count(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

        double Mean(int row, int column, int channel)
        {
            var at = 3 * (row * width + column) + channel;
            return (bgr[at] + bgr[at + 3] + bgr[at + 3 * width] + bgr[at + 3 * width + 3]) / 4.0;
        }
    }

    private Mat MatOf(byte[] bgr)
    {
        var mat = new Mat(framing.Height, framing.Width, MatType.CV_8UC3);
        Marshal.Copy(bgr, 0, mat.Data, bgr.Length);
        return mat;
    }
}
