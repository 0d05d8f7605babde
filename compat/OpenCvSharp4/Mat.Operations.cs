namespace OpenCvSharp;

// Copies, conversions and windows.
public sealed partial class Mat
{
    /// <summary>Makes this Mat have the shape and type; keeps its memory when it has them already.</summary>
    public void Create(int rows, int cols, MatType type) => Native.Check(Native.MatCreate(Handle, rows, cols, type.Value));

    /// <summary>Makes this Mat have the size and type; keeps its memory when it has them already.</summary>
    public void Create(Size size, MatType type) => Create(size.Height, size.Width, type);

    /// <summary>A copy with memory of its own.</summary>
    public Mat Clone()
    {
        var copy = new Mat();
        CopyTo(copy);
        return copy;
    }

    /// <summary>A copy of a part, with memory of its own.</summary>
    public Mat Clone(Rect roi)
    {
        using var part = SubMat(roi);
        return part.Clone();
    }

    /// <summary>A Mat of the same shape and type, not cleared.</summary>
    public Mat EmptyClone() => new(Size(), Type());

    /// <summary>Copies all elements, or those where the mask is not 0.</summary>
    public void CopyTo(OutputArray m, InputArray? mask = null) =>
        Native.Check(Native.MatCopyTo(Handle, Argument.Of(m), Argument.OrNone(mask)));

    /// <summary>Copies all elements, or those where the mask is not 0.</summary>
    public void CopyTo(Mat m, InputArray? mask = null) =>
        Native.Check(Native.MatCopyTo(Handle, Argument.Of(m), Argument.OrNone(mask)));

    /// <summary>Converts each number to another depth: x * alpha + beta, held within the range of that depth.</summary>
    public void ConvertTo(OutputArray m, MatType rtype, double alpha = 1, double beta = 0) =>
        Native.Check(Native.MatConvertTo(Handle, Argument.Of(m), rtype.Value, alpha, beta));

    /// <summary>Gives all elements, or those where the mask is not 0, one value.</summary>
    public Mat SetTo(Scalar value, Mat? mask = null)
    {
        Native.Check(Native.MatSetToScalar(Handle, in value, mask is null ? MatHandle.None : mask.Handle));
        return this;
    }

    /// <summary>Gives all elements, or those where the mask is not 0, one value.</summary>
    public Mat SetTo(InputArray value, Mat? mask = null)
    {
        Native.Check(Native.MatSetTo(Handle, Argument.Of(value), mask is null ? MatHandle.None : mask.Handle));
        return this;
    }

    /// <summary>The same memory seen with other channels and rows; 0 keeps what there is.</summary>
    public Mat Reshape(int cn, int rows = 0)
    {
        Native.Check(Native.MatReshape(Handle, cn, rows, out var reshaped));
        return new Mat(reshaped);
    }

    /// <summary>A window on a part; both share the pixels.</summary>
    public Mat SubMat(Rect roi) => new(this, roi);

    /// <summary>A window from a first row and column to those after the last.</summary>
    public Mat SubMat(int rowStart, int rowEnd, int colStart, int colEnd) => new(this, new Range(rowStart, rowEnd), new Range(colStart, colEnd));

    /// <summary>A window on some rows and columns.</summary>
    public Mat SubMat(Range rowRange, Range colRange) => new(this, rowRange, colRange);

    /// <summary>A window on some rows and columns.</summary>
    public Mat SubMat(System.Range rowRange, System.Range colRange) => new(this, Of(rowRange, Rows), Of(colRange, Cols));

    private static Range Of(System.Range range, int length) => new(range.Start.GetOffset(length), range.End.GetOffset(length));
}
