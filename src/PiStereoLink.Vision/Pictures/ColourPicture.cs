using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>A colour picture in managed memory, row by row from the top without padding.</summary>
public sealed class ColourPicture
{
    private readonly Bgr[] pixels;

    /// <summary>Takes over <paramref name="pixels"/>, width * height of them, top row first.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public ColourPicture(int width, int height, Bgr[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != (long)width * height)
            throw new ArgumentException($"{width}x{height} is {(long)width * height} pixels, {pixels.Length} came.", nameof(pixels));
        Width = width;
        Height = height;
        this.pixels = pixels;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All pixels, top row first.</summary>
    public ReadOnlySpan<Bgr> Pixels => pixels;

    /// <summary>One row, 0 at the top.</summary>
    public ReadOnlySpan<Bgr> Row(int y) => pixels.AsSpan(y * Width, Width);

    /// <summary>Decodes a JPEG, PNG or PNM; never turned by EXIF.</summary>
    /// <exception cref="InvalidDataException">It cannot be decoded; <paramref name="name"/> begins the sentence.</exception>
    public static ColourPicture Decode(ReadOnlySpan<byte> bytes, string name)
    {
        using var picture = EncodedPicture.DecodeColour(bytes, name);
        return FromMat(picture);
    }

    /// <summary>Encodes as JPEG, quality 0..100.</summary>
    public byte[] EncodeJpeg(int quality = 90)
    {
        using var picture = ToMat();
        return EncodedPicture.Encode(".jpg", picture, quality);
    }

    /// <summary>Encodes as PNG, which keeps every pixel.</summary>
    public byte[] EncodePng()
    {
        using var picture = ToMat();
        return EncodedPicture.Encode(".png", picture);
    }

    private Mat ToMat()
    {
        var picture = new Mat(Height, Width, MatType.CV_8UC3);
        for (var y = 0; y < Height; y++)
            Row(y).CopyTo(picture.RowSpan<Bgr>(y));
        return picture;
    }

    /// <summary>Copies a CV_8UC3 Mat.</summary>
    internal static ColourPicture FromMat(Mat picture)
    {
        var (width, height) = (picture.Cols, picture.Rows);
        var pixels = GC.AllocateUninitializedArray<Bgr>(checked(width * height));
        for (var y = 0; y < height; y++)
            picture.RowSpan<Bgr>(y).CopyTo(pixels.AsSpan(y * width, width));
        return new ColourPicture(width, height, pixels);
    }
}
