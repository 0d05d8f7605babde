namespace OpenCvSharp;

// From and to the bytes of a picture file.
public sealed partial class Mat
{
    /// <summary>Decodes a picture; empty when the bytes are none.</summary>
    public static Mat ImDecode(byte[] imageBytes, ImreadModes mode = ImreadModes.Color)
    {
        ArgumentNullException.ThrowIfNull(imageBytes);
        return Cv2.ImDecode(imageBytes, mode);
    }

    /// <summary>Decodes a picture; empty when the bytes are none.</summary>
    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(span, mode);

    /// <summary>Encodes a picture in the format of a file name's extension.</summary>
    public byte[] ImEncode(string ext = ".png", int[]? prms = null)
    {
        Cv2.ImEncode(ext, this, out var bytes, prms);
        return bytes;
    }

    /// <summary>Encodes a picture in the format of a file name's extension.</summary>
    public byte[] ImEncode(string ext = ".png", params ImageEncodingParam[] prms)
    {
        Cv2.ImEncode(ext, this, out var bytes, prms);
        return bytes;
    }
}
