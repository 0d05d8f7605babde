namespace PiStereoLink.Vision;

/// <summary>The NumPy element types that are read and written, by NumPy's names, all little-endian.</summary>
public enum NpyType
{
    /// <summary>double, <c>&lt;f8</c>.</summary>
    F8,

    /// <summary>float, <c>&lt;f4</c>.</summary>
    F4,

    /// <summary>long, <c>&lt;i8</c>.</summary>
    I8,

    /// <summary>int, <c>&lt;i4</c>.</summary>
    I4,

    /// <summary>short, <c>&lt;i2</c>.</summary>
    I2,

    /// <summary>ushort, <c>&lt;u2</c>.</summary>
    U2,

    /// <summary>sbyte, <c>|i1</c>.</summary>
    I1,

    /// <summary>byte, <c>|u1</c>.</summary>
    U1,

    /// <summary>bool, <c>|b1</c>.</summary>
    B1,
}

/// <summary>Names and sizes of the element types: one table for the reader and the writer.</summary>
internal static class NpyTypes
{
    public const string Allowed = "<f8, <f4, <i8, <i4, <i2, <u2, |i1, |u1, |b1";

    private static readonly (NpyType Type, string Descr, int Size, Type Managed)[] Table =
    [
        (NpyType.F8, "<f8", 8, typeof(double)),
        (NpyType.F4, "<f4", 4, typeof(float)),
        (NpyType.I8, "<i8", 8, typeof(long)),
        (NpyType.I4, "<i4", 4, typeof(int)),
        (NpyType.I2, "<i2", 2, typeof(short)),
        (NpyType.U2, "<u2", 2, typeof(ushort)),
        (NpyType.I1, "|i1", 1, typeof(sbyte)),
        (NpyType.U1, "|u1", 1, typeof(byte)),
        (NpyType.B1, "|b1", 1, typeof(bool)),
    ];

    public static int Size(this NpyType type) => Array.Find(Table, row => row.Type == type).Size;

    public static string Descr(this NpyType type) => Array.Find(Table, row => row.Type == type).Descr;

    public static NpyType Of<T>() =>
        Array.FindIndex(Table, row => row.Managed == typeof(T)) is >= 0 and var i
            ? Table[i].Type
            : throw new ArgumentException($"{typeof(T).Name} has no NumPy type here; allowed are {Allowed}.");

    public static bool TryParse(string descr, out NpyType type)
    {
        var i = Array.FindIndex(Table, row => row.Descr == descr);
        type = i < 0 ? default : Table[i].Type;
        return i >= 0;
    }
}
