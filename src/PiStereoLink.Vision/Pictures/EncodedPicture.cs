using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Decoding and encoding of whole files, with the guards that OpenCV leaves to its caller: the picture's size is read from
/// its header first, kinds other than JPEG, PNG and PNM are refused (the system's OpenCV would hand them to GDAL), and a
/// picture is never turned by its EXIF Orientation, because a turned stereo frame has no rows to match along.
/// Whether a JPEG is whole is a matter for whoever took it off the wire: decoders accept truncated ones.
/// </summary>
public static class EncodedPicture
{
    /// <summary>The most pixels that are decoded: the largest camera for a Pi has 9152x6944.</summary>
    public const int MaxPixels = 64_000_000;

    /// <summary>Quality of a JPEG that is kept to be worked on: no block edges for a matcher to find.</summary>
    public const int FileQuality = 95;

    /// <summary>Decodes to grey, 8 bits. A JPEG's luma plane is taken as it is, without a way over colour.</summary>
    /// <returns>A new Mat, CV_8UC1; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">Not a picture that can be decoded; <paramref name="name"/> begins the sentence.</exception>
    public static Mat DecodeGrey(ReadOnlySpan<byte> bytes, string name) => Decode(bytes, ImreadModes.Grayscale, name);

    /// <summary>Decodes to colour, 8 bits a channel, blue first.</summary>
    /// <returns>A new Mat, CV_8UC3; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">Not a picture that can be decoded; <paramref name="name"/> begins the sentence.</exception>
    public static Mat DecodeColour(ReadOnlySpan<byte> bytes, string name) => Decode(bytes, ImreadModes.Color, name);

    /// <summary>Decodes to 8 bits a channel, grey where the file is grey and colour (blue first) where it is coloured.</summary>
    /// <returns>A new Mat, CV_8UC1 or CV_8UC3; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">Not a picture that can be decoded; <paramref name="name"/> begins the sentence.</exception>
    public static Mat DecodeAsStored(ReadOnlySpan<byte> bytes, string name) => Decode(bytes, ImreadModes.AnyColor, name);

    /// <summary>The size that the header names, in pixels, as stored (before any EXIF turn).</summary>
    /// <exception cref="InvalidDataException">Not a JPEG, PNG or PNM, or larger than <see cref="MaxPixels"/>.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> bytes, string name)
    {
        if (!PictureHeader.TryReadSize(bytes, out var width, out var height))
            throw new InvalidDataException($"{name} is not a JPEG, PNG or PNM picture ({bytes.Length} bytes).");
        if (width < 1 || height < 1 || (long)width * height > MaxPixels)
            throw new InvalidDataException($"{name} claims {width}x{height} pixels; 1 to {MaxPixels} pixels are decoded.");
        return (width, height);
    }

    internal static Mat Decode(ReadOnlySpan<byte> bytes, ImreadModes mode, string name)
    {
        ReadSize(bytes, name);
        Mat picture;
        try
        {
            picture = Mat.ImDecode(bytes, mode | ImreadModes.IgnoreOrientation);
        }
        catch (OpenCVException e)
        {
            throw new InvalidDataException($"{name} cannot be decoded: {e.Message}", e);
        }
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        throw new InvalidDataException($"{name} cannot be decoded ({bytes.Length} bytes).");
    }

    /// <summary>Encodes as the extension says; <paramref name="jpegQuality"/> 0..100 is used for <c>.jpg</c> only.</summary>
    public static byte[] Encode(string extension, Mat picture, int jpegQuality = 90)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return extension == ".jpg"
            ? picture.ImEncode(extension, new ImageEncodingParam(ImwriteFlags.JpegQuality, jpegQuality))
            : picture.ImEncode(extension, Array.Empty<ImageEncodingParam>());
    }
}
