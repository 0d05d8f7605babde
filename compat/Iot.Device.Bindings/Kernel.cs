using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Iot.Device.Media;

/// <summary>
/// What V4L2 (<c>linux/videodev2.h</c>) has for listing formats and sizes. Both structures have the same layout on 32 and 64 bits, and the
/// numbers of the calls hold their size. The names are the header's.
/// </summary>
internal static unsafe partial class Kernel
{
    public const uint EnumerateFormats = 0xC0405602;        // VIDIOC_ENUM_FMT
    public const uint EnumerateFrameSizes = 0xC02C564A;     // VIDIOC_ENUM_FRAMESIZES

    public const uint VideoCapture = 1;                     // V4L2_BUF_TYPE_VIDEO_CAPTURE

    private const int ReadWrite = 2;                        // O_RDWR
    private const int NonBlocking = 0x800;                  // O_NONBLOCK: a camera in use still answers, a pipe does not wait
    private const int CloseOnExec = 0x80000;                // O_CLOEXEC

#pragma warning disable CS0649 // Field is never assigned to: the kernel fills it, or it stays 0
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
#pragma warning restore CS0649

    /// <summary>The error's number is where .NET keeps the last one.</summary>
    public static SafeFileHandle Open(string path) => open(path, ReadWrite | NonBlocking | CloseOnExec);

    /// <summary>0, or the error's number.</summary>
    public static int Call<T>(SafeHandle file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return ioctl(file, request, pointer) >= 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string pathname, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);
}
