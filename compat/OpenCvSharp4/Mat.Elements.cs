using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

// The elements of a Mat, one by one or in rows. A span or a reference is good until the Mat is disposed or written anew.
public sealed partial class Mat
{
    /// <summary>The address of row <paramref name="i0"/>.</summary>
    public nint Ptr(int i0)
    {
        var header = Header;
        return header.Data + (header.Step * i0);
    }

    /// <summary>The address of the element in row <paramref name="i0"/>, column <paramref name="i1"/>.</summary>
    public nint Ptr(int i0, int i1)
    {
        var header = Header;
        return header.Data + (header.Step * i0) + ((nint)header.ElemSize * i1);
    }

    /// <summary>The first element of row <paramref name="i0"/>.</summary>
    public ref T At<T>(int i0)
        where T : unmanaged
        => ref At<T>(i0, 0);

    /// <summary>The element in row <paramref name="i0"/>, column <paramref name="i1"/>.</summary>
    public unsafe ref T At<T>(int i0, int i1)
        where T : unmanaged
        => ref Unsafe.AsRef<T>((void*)Element(i0, i1, sizeof(T)));

    /// <summary>The first element of row <paramref name="i0"/>.</summary>
    public T Get<T>(int i0)
        where T : struct
        => Get<T>(i0, 0);

    /// <summary>The element in row <paramref name="i0"/>, column <paramref name="i1"/>.</summary>
    public unsafe T Get<T>(int i0, int i1)
        where T : struct
        => Unsafe.ReadUnaligned<T>((void*)Element(i0, i1, Plain<T>()));

    /// <summary>Writes the first element of row <paramref name="i0"/>.</summary>
    public void Set<T>(int i0, T value)
        where T : struct
        => Set(i0, 0, value);

    /// <summary>Writes the element in row <paramref name="i0"/>, column <paramref name="i1"/>.</summary>
    public unsafe void Set<T>(int i0, int i1, T value)
        where T : struct
        => Unsafe.WriteUnaligned((void*)Element(i0, i1, Plain<T>()), value);

    /// <summary>One row as numbers or pixels.</summary>
    public unsafe Span<T> RowSpan<T>(int row)
        where T : unmanaged
    {
        var header = Header;
        if ((uint)row >= (uint)header.Rows)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The Mat has {header.Rows} rows.");
        return new Span<T>((void*)(header.Data + (header.Step * row)), header.Cols * header.ElemSize / sizeof(T));
    }

    /// <summary>All elements; empty, as in the package, when the rows do not follow each other without a gap.</summary>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        var header = Header;
        return header.IsContinuous ? new Span<T>((void*)header.Data, checked((int)(header.Total * header.ElemSize / sizeof(T)))) : [];
    }

    // The last byte must lie in the row: the package reads and writes wherever it is told to.
    private nint Element(int row, int column, int size)
    {
        var header = Header;
        var end = ((long)column * header.ElemSize) + size;
        if ((uint)row >= (uint)header.Rows || column < 0 || end > (long)header.Cols * header.ElemSize)
            throw new ArgumentOutOfRangeException(nameof(row), $"{size} bytes at row {row}, column {column} are outside {this}.");
        return header.Data + (header.Step * row) + ((nint)header.ElemSize * column);
    }

    private static int Plain<T>()
        where T : struct
        => RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? throw new ArgumentException($"{typeof(T)} holds references, and a Mat holds plain numbers.")
            : Unsafe.SizeOf<T>();
}
