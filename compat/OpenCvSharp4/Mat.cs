namespace OpenCvSharp;

/// <summary>A picture, a matrix or a list of points: rows and columns of elements, in memory that OpenCV owns.</summary>
/// <remarks>
/// Two dimensions only; the package also has n. Dispose it: the garbage collector sees 80 bytes of each, not its megabytes.
/// </remarks>
public sealed partial class Mat : IDisposable
{
    private readonly MatHandle handle;

    // Made at the first use by whichever thread comes first; a second one made at the same time does no harm.
    private InputArray? input;
    private InputOutputArray? output;

    internal Mat(MatHandle handle) => this.handle = handle;

    /// <summary>An empty Mat, to be filled by a function.</summary>
    public Mat()
    {
        Native.Check(Native.MatNew(out handle));
    }

    /// <summary>Reads a file; empty when there is none or it holds no picture.</summary>
    public Mat(string fileName, ImreadModes flags = ImreadModes.Color)
        : this()
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        Native.Check(Native.ImRead(fileName, (int)flags, handle));
    }

    /// <summary>Room for <paramref name="rows"/> by <paramref name="cols"/> elements, not cleared.</summary>
    public Mat(int rows, int cols, MatType type)
    {
        Native.Check(Native.MatNewOf(rows, cols, type.Value, out handle));
    }

    /// <summary>Room for a picture of this size, not cleared.</summary>
    public Mat(Size size, MatType type)
        : this(size.Height, size.Width, type)
    {
    }

    /// <summary><paramref name="rows"/> by <paramref name="cols"/> elements, each of the value <paramref name="s"/>.</summary>
    public Mat(int rows, int cols, MatType type, Scalar s)
        : this(rows, cols, type)
    {
        SetTo(s);
    }

    /// <summary>A picture of this size, each pixel of the value <paramref name="s"/>.</summary>
    public Mat(Size size, MatType type, Scalar s)
        : this(size.Height, size.Width, type, s)
    {
    }

    /// <summary>A window on a part of another Mat; both share the pixels.</summary>
    public Mat(Mat m, Rect roi)
    {
        Native.Check(Native.MatPart(Argument.Of(m), roi.Top, roi.Bottom, roi.Left, roi.Right, out handle));
    }

    /// <summary>A window on some rows, and where given some columns, of another Mat.</summary>
    public Mat(Mat m, Range rowRange, Range? colRange = null)
    {
        var columns = colRange ?? Range.All;
        Native.Check(Native.MatPart(Argument.Of(m), rowRange.Start, rowRange.End, columns.Start, columns.End, out handle));
    }

    /// <summary>Whether <see cref="Dispose"/> was called; after it every other member throws ObjectDisposedException.</summary>
    public bool IsDisposed => handle.IsClosed;

    internal MatHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle.IsClosed, this);
            return handle;
        }
    }

    internal InputArray AsInput => input ??= new InputArray(this);

    internal InputOutputArray AsOutput => output ??= new InputOutputArray(this);

    /// <summary>A Mat over memory of the caller's, which must stay where it is for as long as the Mat is used.</summary>
    public static Mat FromPixelData(int rows, int cols, MatType type, nint data, long step = 0)
    {
        Native.Check(Native.MatNewOver(rows, cols, type.Value, data, step, out var handle));
        return new Mat(handle);
    }

    /// <summary>A Mat over an array, which is pinned until the Mat is disposed.</summary>
    public static Mat FromPixelData(int rows, int cols, MatType type, Array data, long step = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        PinnedArray.ThrowIfShort(data, rows, cols, type, step);
        var pinned = PinnedArray.Pin(data);
        try
        {
            var mat = FromPixelData(rows, cols, type, pinned.AddrOfPinnedObject(), step);
            mat.handle.Own(pinned);
            return mat;
        }
        catch
        {
            pinned.Free();
            throw;
        }
    }

    /// <summary>Zeros.</summary>
    public static Mat ZerosMat(int rows, int cols, MatType type) => new(rows, cols, type, Scalar.All(0));

    /// <summary>Zeros.</summary>
    public static Mat ZerosMat(Size size, MatType type) => new(size, type, Scalar.All(0));

    /// <summary>Ones on the diagonal, zeros beside it.</summary>
    public static Mat EyeMat(int rows, int cols, MatType type)
    {
        var mat = new Mat(rows, cols, type);
        Native.Check(Native.MatSetIdentity(mat.handle));
        return mat;
    }

    /// <summary>Ones on the diagonal, zeros beside it.</summary>
    public static Mat EyeMat(Size size, MatType type) => EyeMat(size.Height, size.Width, type);

    /// <summary>Gives the memory back; waits for no one, a call in progress on another thread gives it back at its end.</summary>
    public void Dispose() => handle.Dispose();

    /// <inheritdoc/>
    public override string ToString() => IsDisposed ? "Mat [disposed]" : $"Mat [ {Rows}*{Cols}*{Type()}, IsContinuous={IsContinuous()} ]";
}
