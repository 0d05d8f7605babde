using System.Runtime.CompilerServices;

namespace OpenCvSharp;

/// <summary>A picture or matrix that a function reads; made from a <see cref="Mat"/> without being named.</summary>
/// <remarks>
/// A class, as in the package: a struct would let <c>default</c> through where null is refused. Each Mat makes its one
/// wrapper at the first use and keeps it, so a call costs no allocation.
/// </remarks>
public class InputArray
{
    internal InputArray(Mat mat) => Mat = mat;

    internal Mat Mat { get; }

    /// <summary>Passes a Mat to be read.</summary>
    public static implicit operator InputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return mat.AsInput;
    }
}

/// <summary>A picture or matrix that a function writes.</summary>
public class OutputArray
{
    internal OutputArray(Mat mat) => Mat = mat;

    internal Mat Mat { get; }

    /// <summary>Passes a Mat to be written.</summary>
    public static implicit operator OutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return mat.AsOutput;
    }
}

/// <summary>A picture or matrix that a function changes in place.</summary>
public class InputOutputArray : OutputArray
{
    internal InputOutputArray(Mat mat)
        : base(mat)
    {
    }

    /// <summary>Passes a Mat to be changed.</summary>
    public static implicit operator InputOutputArray(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return mat.AsOutput;
    }
}

/// <summary>From an argument to the handle that crosses the border; a missing or a disposed one is told by its name.</summary>
internal static class Argument
{
    public static MatHandle Of(Mat mat, [CallerArgumentExpression(nameof(mat))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mat, name);
        return mat.Handle;
    }

    public static MatHandle Of(InputArray array, [CallerArgumentExpression(nameof(array))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        return array.Mat.Handle;
    }

    public static MatHandle Of(OutputArray array, [CallerArgumentExpression(nameof(array))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        return array.Mat.Handle;
    }

    public static MatHandle OrNone(InputArray? array) => array is null ? MatHandle.None : array.Mat.Handle;

    public static MatHandle OrNone(OutputArray? array) => array is null ? MatHandle.None : array.Mat.Handle;
}
