namespace OpenCvSharp;

// Pictures from and to bytes and files.
public static partial class Cv2
{
    /// <summary>Decodes a picture; empty when the bytes are none. A JPEG cut short gives what there is of it.</summary>
    public static Mat ImDecode(byte[] buf, ImreadModes flags)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return ImDecode(buf.AsSpan(), flags);
    }

    /// <summary>Decodes a picture; empty when the bytes are none. A JPEG cut short gives what there is of it.</summary>
    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes flags)
    {
        if (span.IsEmpty)
            throw new ArgumentException("There are no bytes to decode.", nameof(span));
        var image = new Mat();
        return Filled(image, Native.ImDecode(span, span.Length, (int)flags, image.Handle));
    }

    /// <summary>Decodes a picture whose bytes lie in a Mat.</summary>
    public static Mat ImDecode(Mat buf, ImreadModes flags)
    {
        var (bytes, image) = (Argument.Of(buf), new Mat());
        return Filled(image, Native.ImDecodeMat(bytes, (int)flags, image.Handle));
    }

    /// <summary>Decodes a picture whose bytes lie in a Mat.</summary>
    public static Mat ImDecode(InputArray buf, ImreadModes flags)
    {
        var (bytes, image) = (Argument.Of(buf), new Mat());
        return Filled(image, Native.ImDecodeMat(bytes, (int)flags, image.Handle));
    }

    /// <summary>Encodes a picture in the format of a file name's extension.</summary>
    public static bool ImEncode(string ext, InputArray img, out byte[] buf, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(ext);
        prms ??= [];
        using var bytes = new Mat();
        Native.Check(Native.ImEncode(ext, Argument.Of(img), prms, prms.Length, bytes.Handle, out var encoded));
        buf = bytes.AsSpan<byte>().ToArray();
        return encoded != 0;
    }

    /// <summary>Encodes a picture in the format of a file name's extension.</summary>
    public static void ImEncode(string ext, InputArray img, out byte[] buf, params ImageEncodingParam[] prms) =>
        ImEncode(ext, img, out buf, ImageEncodingParam.Flatten(prms));

    /// <summary>Reads a file; empty when there is none or it holds no picture.</summary>
    public static Mat ImRead(string fileName, ImreadModes flags = ImreadModes.Color) => new(fileName, flags);

    /// <summary>Writes a file in the format of its extension.</summary>
    public static bool ImWrite(string fileName, Mat img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        prms ??= [];
        Native.Check(Native.ImWrite(fileName, Argument.Of(img), prms, prms.Length, out var written));
        return written != 0;
    }

    /// <summary>Writes a file in the format of its extension.</summary>
    public static bool ImWrite(string fileName, Mat img, params ImageEncodingParam[] prms) =>
        ImWrite(fileName, img, ImageEncodingParam.Flatten(prms));

    /// <summary>Writes several pictures as the pages of one file.</summary>
    public static bool ImWrite(string fileName, IEnumerable<Mat> img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        prms ??= [];
        using var pages = new MatList(img);
        Native.Check(Native.ImWriteMany(fileName, pages.Addresses, pages.Addresses.Length, prms, prms.Length, out var written));
        return written != 0;
    }

    /// <summary>Writes several pictures as the pages of one file.</summary>
    public static bool ImWrite(string fileName, IEnumerable<Mat> img, params ImageEncodingParam[] prms) =>
        ImWrite(fileName, img, ImageEncodingParam.Flatten(prms));

    // A Mat made for a result has an owner before the call, and none is left behind when the call fails.
    private static Mat Filled(Mat image, nint error)
    {
        try
        {
            Native.Check(error);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
