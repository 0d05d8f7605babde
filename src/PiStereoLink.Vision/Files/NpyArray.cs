using System.Runtime.InteropServices;

namespace PiStereoLink.Vision;

/// <summary>
/// One NumPy array: a shape, an element type and the elements in C order (last axis fastest), little-endian.
/// </summary>
public sealed class NpyArray
{
    private readonly byte[] data;
    private readonly int[] shape;

    internal NpyArray(NpyType type, int[] shape, byte[] data)
    {
        Type = type;
        this.shape = shape;
        this.data = data;
    }

    /// <summary>The element type.</summary>
    public NpyType Type { get; }

    /// <summary>The length of each axis; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The number of elements: the product of the shape, 1 for a scalar.</summary>
    public int Length => data.Length / Type.Size();

    internal ReadOnlySpan<byte> Bytes => data;

    /// <summary>Copies <paramref name="values"/>, in C order, into an array of this shape.</summary>
    /// <typeparam name="T">double, float, int, long, short, ushort, byte, sbyte or bool.</typeparam>
    /// <exception cref="ArgumentException">The shape does not hold that many elements, or NumPy has no such type here.</exception>
    public static NpyArray From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        var expected = 1L;
        foreach (var axis in shape)
            expected *= axis;
        if (expected != values.Length)
            throw new ArgumentException($"The shape {Describe(shape)} holds {expected} elements, {values.Length} came.", nameof(shape));
        return new NpyArray(NpyTypes.Of<T>(), shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>A single number, as NumPy writes one: shape ().</summary>
    public static NpyArray FromScalar<T>(T value) where T : unmanaged => From([value], []);

    /// <summary>A matrix, row by row: shape (rows, columns).</summary>
    public static NpyArray FromMatrix(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return From<double>(MemoryMarshal.CreateReadOnlySpan(ref matrix[0, 0], matrix.Length), matrix.GetLength(0), matrix.GetLength(1));
    }

    /// <summary>The elements as doubles. An int64 beyond 2^53 loses its last digits.</summary>
    public double[] ToDoubles() => Convert<double>();

    /// <summary>The elements as floats; a double is rounded.</summary>
    public float[] ToSingles() => Convert<float>();

    /// <summary>The elements as 32-bit integers.</summary>
    /// <exception cref="InvalidDataException">An element is not a whole number within 32 bits.</exception>
    public int[] ToInt32s()
    {
        var doubles = ToDoubles();
        var whole = new int[doubles.Length];
        for (var i = 0; i < doubles.Length; i++)
        {
            if (doubles[i] is not (>= int.MinValue and <= int.MaxValue) || doubles[i] != Math.Truncate(doubles[i]))
                throw new InvalidDataException($"Element {i} is {doubles[i]}; a whole number within 32 bits was expected.");
            whole[i] = (int)doubles[i];
        }
        return whole;
    }

    /// <summary>The shape as NumPy prints it: (480, 640).</summary>
    public string DescribeShape() => Describe(shape);

    private static string Describe(ReadOnlySpan<int> shape) =>
        shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";

    private T[] Convert<T>() where T : unmanaged, System.Numerics.INumber<T> => Type switch
    {
        NpyType.F8 => Cast<double, T>(),
        NpyType.F4 => Cast<float, T>(),
        NpyType.I8 => Cast<long, T>(),
        NpyType.I4 => Cast<int, T>(),
        NpyType.I2 => Cast<short, T>(),
        NpyType.U2 => Cast<ushort, T>(),
        NpyType.I1 => Cast<sbyte, T>(),
        NpyType.U1 or NpyType.B1 => Cast<byte, T>(),
        _ => throw new InvalidOperationException($"No conversion from {Type}."),
    };

    private TTo[] Cast<TFrom, TTo>()
        where TFrom : unmanaged, System.Numerics.INumber<TFrom>
        where TTo : unmanaged, System.Numerics.INumber<TTo>
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(data);
        if (typeof(TFrom) == typeof(TTo))
            return MemoryMarshal.Cast<byte, TTo>(data).ToArray();
        var to = new TTo[from.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = TTo.CreateTruncating(from[i]);
        return to;
    }
}
