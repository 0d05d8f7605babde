using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// A picture of float values, row by row from the top: disparities in pixels, or depths in metres.
/// A pixel without a value is infinite (as in PFM files); NaN counts as none too.
/// </summary>
public sealed class FloatPicture
{
    private readonly float[] values;

    /// <summary>Takes over <paramref name="values"/>, width * height of them, top row first.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public FloatPicture(int width, int height, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (values.Length != (long)width * height)
            throw new ArgumentException($"{width}x{height} pixels need {(long)width * height} values, {values.Length} came.", nameof(values));
        Width = width;
        Height = height;
        this.values = values;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All values, top row first.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The value at column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public float this[int x, int y] => Row(y)[x];

    /// <summary>One row, 0 at the top.</summary>
    public ReadOnlySpan<float> Row(int y) => values.AsSpan(y * Width, Width);

    /// <summary>True where there is a value.</summary>
    public static bool HasValue(float value) => float.IsFinite(value);

    /// <summary>
    /// Reads a truth picture: <c>.pfm</c> as it is, else a grey PNG or PGM of 8 or 16 bits whose value / <paramref name="scale"/>
    /// is the disparity in px and whose 0 means unknown (the Middlebury sets of 2001 and 2003).
    /// </summary>
    /// <exception cref="InvalidDataException">The file cannot be read as either.</exception>
    public static FloatPicture Read(string path, double scale)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!double.IsFinite(scale) || scale <= 0)
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is how many steps make one pixel; it must be above 0.");
        if (path.EndsWith(".pfm", StringComparison.OrdinalIgnoreCase))
            return Pfm.Read(path);
        using var picture = EncodedPicture.Decode(File.ReadAllBytes(path), ImreadModes.AnyDepth, path);
        return FromScaled(picture, scale);
    }

    /// <summary>value / scale of an 8- or 16-bit grey Mat; 0 becomes none.</summary>
    internal static FloatPicture FromScaled(Mat picture, double scale)
    {
        var (width, height) = (picture.Cols, picture.Rows);
        var wide = picture.Type() == MatType.CV_16UC1;
        var values = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var to = values.AsSpan(y * width, width);
            if (wide)
                Scale(picture.RowSpan<ushort>(y), to, scale);
            else
                Scale(picture.RowSpan<byte>(y), to, scale);
        }
        return new FloatPicture(width, height, values);
    }

    private static void Scale<T>(ReadOnlySpan<T> from, Span<float> to, double scale) where T : System.Numerics.IBinaryInteger<T>
    {
        for (var x = 0; x < to.Length; x++)
            to[x] = T.IsZero(from[x]) ? float.PositiveInfinity : (float)(double.CreateTruncating(from[x]) / scale);
    }
}
