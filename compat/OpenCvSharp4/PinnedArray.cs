using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>A managed array under a Mat: held in its place, and large enough.</summary>
internal static class PinnedArray
{
    public static GCHandle Pin(Array array) => GCHandle.Alloc(array, GCHandleType.Pinned);

    /// <summary>Refuses an array that ends before the Mat would. The package reads on into whatever lies behind it.</summary>
    public static void ThrowIfShort(Array array, int rows, int columns, MatType type, long step)
    {
        var elementSize = new MatHeader { Flags = type.Value }.ElemSize;
        var row = (long)columns * elementSize;
        var needed = rows == 0 ? 0 : ((rows - 1) * (step == 0 ? row : step)) + row;
        var has = array.LongLength * RuntimeHelpers.SizeOf(array.GetType().GetElementType()!.TypeHandle);
        if (needed > has)
            throw new ArgumentException($"The array holds {has} bytes, a Mat of {rows}x{columns} {type} needs {needed}.", nameof(array));
    }
}
