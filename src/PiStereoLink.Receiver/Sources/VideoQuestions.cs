using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Receiver.Sources;

/// <summary>
/// The questions of V4L2 (<c>linux/videodev2.h</c>): what a device is and what it can deliver. All of them have the same layout on 32 and 64 bits, and
/// the numbers of the calls hold their size. The names are the header's.
/// </summary>
internal static unsafe partial class VideoQuestions
{
    public const uint QueryCapabilities = 0x80685600;           // VIDIOC_QUERYCAP
    public const uint EnumerateFormats = 0xC0405602;            // VIDIOC_ENUM_FMT
    public const uint EnumerateFrameSizes = 0xC02C564A;         // VIDIOC_ENUM_FRAMESIZES
    public const uint EnumerateFrameIntervals = 0xC034564B;     // VIDIOC_ENUM_FRAMEINTERVALS

    public const uint VideoCapture = 1;                         // V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_CAP_VIDEO_CAPTURE
    public const uint HasDeviceCaps = 0x8000_0000;              // V4L2_CAP_DEVICE_CAPS
    public const uint Discrete = 1;                             // V4L2_FRMSIZE_TYPE_DISCRETE, V4L2_FRMIVAL_TYPE_DISCRETE

    // O_RDWR | O_NONBLOCK | O_CLOEXEC: a camera in use still answers
    private const int OpenFlags = 0x2 | 0x800 | 0x80000;

#pragma warning disable CS0649 // Field is never assigned to: the kernel fills it, or it stays 0
    public struct v4l2_capability
    {
        public fixed byte driver[16];
        public fixed byte card[32];
        public fixed byte bus_info[32];
        public uint version;
        public uint capabilities;
        public uint device_caps;
        public fixed uint reserved[3];
    }

    public struct v4l2_fmtdesc
    {
        public uint index;
        public uint type;
        public uint flags;
        public fixed byte description[32];
        public uint pixelformat;
        public uint mbus_code;
        public fixed uint reserved[3];
    }

    // A discrete size has its width and height where a range has its least and greatest width.
    public struct v4l2_frmsizeenum
    {
        public uint index;
        public uint pixel_format;
        public uint type;
        public uint min_width;
        public uint max_width;
        public uint step_width;
        public uint min_height;
        public uint max_height;
        public uint step_height;
        public fixed uint reserved[2];
    }

    public struct v4l2_frmivalenum
    {
        public uint index;
        public uint pixel_format;
        public uint width;
        public uint height;
        public uint type;
        public uint numerator;          // of the interval, or of the least of a range
        public uint denominator;
        public fixed uint more[6];
    }
#pragma warning restore CS0649

    public static SafeFileHandle Open(string path) => open(path, OpenFlags);

    /// <summary>False at the end of a list, and where the driver does not know the question.</summary>
    public static bool Ask<T>(SafeHandle file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return ioctl(file, request, pointer) >= 0;
    }

    /// <summary>A name of the kernel's: bytes up to a zero.</summary>
    public static string Text(byte* bytes) => Marshal.PtrToStringUTF8((nint)bytes) ?? "";

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string pathname, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);
}
