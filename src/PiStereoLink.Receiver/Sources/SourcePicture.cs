using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>
/// From what a device gives to the JPEG of one eye. A camera's own JPEG stays as it is, byte for byte but for tables that some leave out; what has to be
/// cut, or comes as YUYV, is encoded with quality 95 (docs/decisions/local-cameras.md).
/// </summary>
public static class SourcePicture
{
    private const int Quality = 95;

    /// <summary>True when the bytes of a camera's JPEG lie in the Mat, in place of pixels.</summary>
    public static bool IsEncoded(Mat picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Type() == MatType.CV_8UC1 && (picture.Rows == 1 || picture.Cols == 1) && picture.AsSpan<byte>() is [0xFF, 0xD8, ..];
    }

    /// <summary>A whole picture of one eye; null when the camera sent a broken one.</summary>
    public static (FrameBuffer Jpeg, (int Width, int Height) Size)? Of(Mat picture, (int Width, int Height)? crop)
    {
        if (!IsEncoded(picture))
        {
            using var pixels = Pixels(picture);
            return Encode(pixels, crop);
        }
        if (Whole(picture.AsSpan<byte>()) is not { } jpeg)
            return null;
        if (crop is null)
            return (StandardHuffmanTables.Complete(jpeg.Bytes), (jpeg.Width, jpeg.Height));
        using var decoded = EncodedPicture.DecodeColour(Completed(jpeg.Bytes), "a camera's picture");
        return Encode(decoded, crop);
    }

    /// <summary>Pixels, blue first, of whatever came; null when the camera sent a broken picture. The caller disposes them.</summary>
    public static Mat? Decode(Mat picture) =>
        !IsEncoded(picture) ? Pixels(picture)
        : Whole(picture.AsSpan<byte>()) is { } jpeg ? EncodedPicture.DecodeColour(Completed(jpeg.Bytes), "a camera's picture") : null;

    /// <summary>Encodes pixels, the middle of them if that is asked.</summary>
    /// <exception cref="InvalidDataException">The picture is smaller than what is to be cut from it.</exception>
    public static (FrameBuffer Jpeg, (int Width, int Height) Size) Encode(Mat pixels, (int Width, int Height)? crop)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var (width, height) = crop ?? (pixels.Cols, pixels.Rows);
        if (width > pixels.Cols || height > pixels.Rows)
            throw new InvalidDataException($"+crop={width}x{height} does not fit into the camera's {pixels.Cols}x{pixels.Rows}.");
        using var middle = pixels.SubMat(new Rect((pixels.Cols - width) / 2, (pixels.Rows - height) / 2, width, height));
        var bytes = middle.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        var buffer = FrameBuffer.Rent(bytes.Length);
        buffer.Append(bytes);
        return (buffer, (width, height));
    }

    private static Mat Pixels(Mat picture)
    {
        var pixels = new Mat();
        if (picture.Type() == MatType.CV_8UC2)
            Cv2.CvtColor(picture, pixels, ColorConversionCodes.YUV2BGR_YUYV);
        else
            picture.CopyTo(pixels);
        return pixels;
    }

    private static byte[] Completed(ReadOnlySpan<byte> jpeg)
    {
        using var complete = StandardHuffmanTables.Complete(jpeg);
        return complete.Span.ToArray();
    }

    private static WholeJpeg? Whole(ReadOnlySpan<byte> bytes)
    {
        var scanner = new JpegScanner();
        var length = scanner.Scan(bytes);       // a driver's buffer is longer than the picture in it
        return scanner is { IsDone: true, Fault: JpegFault.None } ? new(bytes[..length].ToArray(), scanner.Width, scanner.Height) : null;
    }

    private sealed record WholeJpeg(byte[] Bytes, int Width, int Height);
}
