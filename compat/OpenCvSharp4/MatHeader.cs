using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>The header of a cv::Mat as it lies in memory; native/core.cpp asserts the layout when it is compiled.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MatHeader(
    int Flags, int Dims, int Rows, int Cols,
    nint Data, nint DataStart, nint DataEnd, nint DataLimit, nint Allocator, nint Shared, nint Size, nint StepPointer,
    nint Step, nint ElementStep)
{
    // The bits of Flags (CV_MAT_DEPTH and its kin): three of depth, nine of channels less one, then continuity.
    private const int TypeMask = 0xFFF;
    private const int ContinuousBit = 1 << 14;
    private const int SubmatrixBit = 1 << 15;

    public MatType Type => new(Flags & TypeMask);

    public int ElemSize1 => SizeOf(Type.Depth);

    public int ElemSize => ElemSize1 * Type.Channels;

    public bool IsContinuous => (Flags & ContinuousBit) != 0;

    public bool IsSubmatrix => (Flags & SubmatrixBit) != 0;

    // OpenCV gives a Mat without data no dimensions at all.
    public long Total => Dims == 0 ? 0 : (long)Rows * Cols;

    public bool IsEmpty => Data == 0 || Total == 0;

    private static int SizeOf(int depth) => depth switch
    {
        MatType.CV_8U or MatType.CV_8S => 1,
        MatType.CV_16U or MatType.CV_16S or MatType.CV_16F => 2,
        MatType.CV_32S or MatType.CV_32F => 4,
        _ => 8,
    };
}
