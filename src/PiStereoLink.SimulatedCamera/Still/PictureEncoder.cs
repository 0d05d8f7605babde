using System.Runtime.InteropServices;
using OpenCvSharp;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>Turns a picture into the bytes of a file.</summary>
/// <param name="encoding">jpg, png, bmp, gif, rgb, bgr, luma or yuv420.</param>
/// <param name="quality">Of a JPEG.</param>
/// <param name="exif">What a JPEG says about itself, or null.</param>
/// <param name="thumbnail">What it shows of itself, or null.</param>
/// <param name="raw">How pictures without a header lie in their file, or null: row by row.</param>
internal sealed class PictureEncoder(Framing framing, string encoding, int quality, Exif? exif, Thumbnail? thumbnail, RawPicture? raw = null)
{
    private const int JfifBytes = 20;

    public byte[] Encode(StillPicture picture) => encoding switch
    {
        "jpg" => Jpeg(picture),
        "png" => Png(picture.Bgr),
        "bmp" => Bmp(picture.Bgr),
        "gif" => Gif.Encode(picture.Bgr, framing.Width, framing.Height),
        _ => (raw ?? new RawPicture(framing.Width, framing.Height)).Encode(picture.Bgr, encoding),
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

    private Mat MatOf(byte[] bgr)
    {
        var mat = new Mat(framing.Height, framing.Width, MatType.CV_8UC3);
        Marshal.Copy(bgr, 0, mat.Data, bgr.Length);
        return mat;
    }
}
