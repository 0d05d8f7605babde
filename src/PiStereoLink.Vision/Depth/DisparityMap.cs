using System.Numerics;
using System.Runtime.InteropServices;

namespace PiStereoLink.Vision;

/// <summary>
/// Disparities of the left picture, in OpenCV's fixed point: 16-bit, 1/16 px, row by row from the top.
/// A pixel without a disparity holds a value below <c>MinDisparity * 16</c>. Nothing else says "invalid".
/// </summary>
public sealed class DisparityMap
{
    /// <summary>Steps per pixel.</summary>
    public const int Scale = 16;

    private readonly short[] values;
    private readonly int smallestValid;

    /// <summary>Takes over <paramref name="values"/>, width * height of them.</summary>
    /// <exception cref="ArgumentException">The length is another, or the smallest disparity does not fit 16 bits.</exception>
    public DisparityMap(int width, int height, short[] values, int minDisparity, int numDisparities)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numDisparities);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)minDisparity), short.MaxValue / Scale, nameof(minDisparity));
        if (values.Length != (long)width * height)
            throw new ArgumentException($"{width}x{height} pixels need {(long)width * height} values, {values.Length} came.", nameof(values));
        (Width, Height, MinDisparity, NumDisparities) = (width, height, minDisparity, numDisparities);
        this.values = values;
        smallestValid = minDisparity * Scale;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The smallest disparity that was looked for, px.</summary>
    public int MinDisparity { get; }

    /// <summary>How many were tried, px.</summary>
    public int NumDisparities { get; }

    /// <summary>All values in 1/16 px, top row first.</summary>
    public ReadOnlySpan<short> Values => values;

    /// <summary>One row in 1/16 px, 0 at the top.</summary>
    public ReadOnlySpan<short> Row(int y) => values.AsSpan(y * Width, Width);

    /// <summary>True if a value of this map, in 1/16 px, is a disparity.</summary>
    public bool IsValid(short value) => value >= smallestValid;

    /// <summary>True if there is a disparity at this pixel.</summary>
    public bool IsValid(int x, int y) => IsValid(Row(y)[x]);

    /// <summary>The disparity at this pixel in px, or infinity where there is none (as PFM has it).</summary>
    public float this[int x, int y] => ToPixels(Row(y)[x]);

    /// <summary>Pixels that have a disparity.</summary>
    public int CountValid()
    {
        var smallest = new Vector<short>((short)smallestValid);
        var vectors = MemoryMarshal.Cast<short, Vector<short>>(Values);
        var count = 0;
        foreach (var vector in vectors)
            count -= Vector.Sum(Vector.GreaterThanOrEqual(vector, smallest));   // true is -1
        foreach (var value in Values[(vectors.Length * Vector<short>.Count)..])
            count += IsValid(value) ? 1 : 0;
        return count;
    }

    /// <summary>Pixels that have a disparity, per cent of all.</summary>
    public double DensityPercent() => 100.0 * CountValid() / values.Length;

    /// <summary>The map in px; infinity = none.</summary>
    public FloatPicture ToPicture()
    {
        var pixels = GC.AllocateUninitializedArray<float>(values.Length);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = ToPixels(values[i]);
        return new FloatPicture(Width, Height, pixels);
    }

    private float ToPixels(short value) => IsValid(value) ? value / (float)Scale : float.PositiveInfinity;
}
