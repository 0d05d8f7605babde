using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>OpenCV's functions, by the package's names for them.</summary>
public static partial class Cv2
{
    /// <summary>Converts between orders of channels and colour spaces.</summary>
    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        Native.Check(Native.CvtColor(Argument.Of(src), Argument.Of(dst), (int)code, dstCn));

    /// <summary>Makes a picture larger or smaller: to a size, or by factors when the size is 0.</summary>
    public static void Resize(InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0, InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        Native.Check(Native.Resize(Argument.Of(src), Argument.Of(dst), dsize.Width, dsize.Height, fx, fy, (int)interpolation));

    /// <summary>Takes each pixel from where the maps say.</summary>
    public static void Remap(InputArray src, OutputArray dst, InputArray map1, InputArray map2, InterpolationFlags interpolation = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant, Scalar? borderValue = null) =>
        Native.Check(Native.Remap(Argument.Of(src), Argument.Of(dst), Argument.Of(map1), Argument.Of(map2), (int)interpolation, (int)borderMode, borderValue.GetValueOrDefault()));

    /// <summary>Turns floating-point maps into the fixed-point ones that Remap is faster with, or back.</summary>
    public static void ConvertMaps(InputArray map1, InputArray map2, OutputArray dstmap1, OutputArray dstmap2, MatType dstmap1Type, bool nnInterpolation = false) =>
        Native.Check(Native.ConvertMaps(Argument.Of(map1), Argument.Of(map2), Argument.Of(dstmap1), Argument.Of(dstmap2), dstmap1Type.Value, nnInterpolation ? 1 : 0));

    /// <summary>Colours a grey picture by one of OpenCV's scales.</summary>
    public static void ApplyColorMap(InputArray src, OutputArray dst, ColormapTypes colormap) =>
        Native.Check(Native.ApplyColorMap(Argument.Of(src), Argument.Of(dst), (int)colormap));

    /// <summary>Colours a grey picture by a scale of 256 colours.</summary>
    public static void ApplyColorMap(InputArray src, OutputArray dst, InputArray userColor) =>
        Native.Check(Native.ApplyUserColorMap(Argument.Of(src), Argument.Of(dst), Argument.Of(userColor)));

    /// <summary>Turns a picture over.</summary>
    public static void Flip(InputArray src, OutputArray dst, FlipMode flipCode) =>
        Native.Check(Native.Flip(Argument.Of(src), Argument.Of(dst), (int)flipCode));

    /// <summary>Scales and shifts numbers so that their norm, or their range, is the one asked for.</summary>
    public static void Normalize(InputArray src, InputOutputArray dst, double alpha = 1, double beta = 0, NormTypes normType = NormTypes.L2, int dtype = -1, InputArray? mask = null) =>
        Native.Check(Native.Normalize(Argument.Of(src), Argument.Of(dst), alpha, beta, (int)normType, dtype, Argument.OrNone(mask)));

    /// <summary>The smallest and the largest number.</summary>
    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal)
    {
        Span<double> values = stackalloc double[2];
        Native.Check(Native.MinMaxLoc(Argument.Of(src), values, [], MatHandle.None));
        (minVal, maxVal) = (values[0], values[1]);
    }

    /// <summary>Where the smallest and the largest number are.</summary>
    public static void MinMaxLoc(InputArray src, out Point minLoc, out Point maxLoc) =>
        MinMaxLoc(src, out _, out _, out minLoc, out maxLoc);

    /// <summary>The smallest and the largest number, and where they are.</summary>
    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal, out Point minLoc, out Point maxLoc, InputArray? mask = null)
    {
        Span<double> values = stackalloc double[2];
        Span<Point> places = stackalloc Point[2];
        Native.Check(Native.MinMaxLoc(Argument.Of(src), values, places, Argument.OrNone(mask)));
        (minVal, maxVal, minLoc, maxLoc) = (values[0], values[1], places[0], places[1]);
    }

    /// <summary>How many threads OpenCV may use: 0 or 1 for none beside the caller's.</summary>
    public static void SetNumThreads(int nThreads) => Native.Check(Native.SetNumThreads(nThreads));

    /// <summary>How many threads OpenCV may use.</summary>
    public static int GetNumThreads()
    {
        Native.Check(Native.GetNumThreads(out var threads));
        return threads;
    }

    /// <summary>The version of the OpenCV in use, as 4.6.0.</summary>
    public static string? GetVersionString()
    {
        Native.Check(Native.GetVersionString(out var version));
        return Marshal.PtrToStringUTF8(version);
    }
}
