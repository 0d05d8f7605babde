namespace OpenCvSharp;

// What a Mat is: its shape, its type, where it lies.
public sealed partial class Mat
{
    /// <summary>The type, and bits on how the memory lies.</summary>
    public int Flags => Header.Flags;

    /// <summary>2, or 0 for a Mat that never had data.</summary>
    public int Dims => Header.Dims;

    /// <summary>The height.</summary>
    public int Rows => Header.Rows;

    /// <summary>The height.</summary>
    public int Height => Header.Rows;

    /// <summary>The width.</summary>
    public int Cols => Header.Cols;

    /// <summary>The width.</summary>
    public int Width => Header.Cols;

    /// <summary>The address of the first element.</summary>
    public nint Data => Header.Data;

    // Read anew each time: a function that writes into the Mat may have given it another shape.
    private MatHeader Header => Handle.Header();

    /// <summary>Width and height.</summary>
    public Size Size()
    {
        var header = Header;
        return new Size(header.Cols, header.Rows);
    }

    /// <summary>The depth and the channels of an element, as CV_8UC3.</summary>
    public MatType Type() => Header.Type;

    /// <summary>The depth alone, as CV_8U.</summary>
    public int Depth() => Header.Type.Depth;

    /// <summary>How many numbers make one element.</summary>
    public int Channels() => Header.Type.Channels;

    /// <summary>The bytes of one element.</summary>
    public int ElemSize() => Header.ElemSize;

    /// <summary>The bytes of one channel of an element.</summary>
    public int ElemSize1() => Header.ElemSize1;

    /// <summary>The bytes from one row to the next.</summary>
    public long Step() => Header.Step;

    /// <summary>The bytes from one row (0) or one element (1) to the next.</summary>
    public long Step(int i) => i switch
    {
        0 => Header.Step,
        1 => Header.ElementStep,
        _ => throw new ArgumentOutOfRangeException(nameof(i), i, "A Mat has the steps 0 and 1."),
    };

    /// <summary>The step in channels instead of bytes.</summary>
    public long Step1(int i = 0) => Step(i) / ElemSize1();

    /// <summary>How many elements there are.</summary>
    public long Total() => Header.Total;

    /// <summary>Whether there are none.</summary>
    public bool Empty() => Header.IsEmpty;

    /// <summary>Whether each row begins where the one before it ends.</summary>
    public bool IsContinuous() => Header.IsContinuous;

    /// <summary>Whether this is a window on a larger Mat.</summary>
    public bool IsSubmatrix() => Header.IsSubmatrix;
}
