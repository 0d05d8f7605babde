using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Agent;

/// <summary>
/// The part of V4L2 (<c>linux/videodev2.h</c>) that streams. The number of each call holds the size of its structure, and two structures
/// differ between 32 and 64 bits: <see cref="v4l2_format"/> and <see cref="v4l2_buffer"/>, by the size of an address. Times have 64 bits on
/// both, which 32-bit kernels take since Linux 5.6. The structures are in V4l2.Structures.cs.
/// </summary>
internal static unsafe partial class V4l2
{
    public const uint VideoCapture = 1;                     // V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_CAP_VIDEO_CAPTURE
    public const uint CanStream = 0x0400_0000;              // V4L2_CAP_STREAMING
    public const uint HasDeviceCaps = 0x8000_0000;          // V4L2_CAP_DEVICE_CAPS
    public const uint CanSetRate = 0x1000;                  // V4L2_CAP_TIMEPERFRAME
    public const uint MemoryMapped = 1;                     // V4L2_MEMORY_MMAP
    public const uint Discrete = 1;                         // V4L2_FRMIVAL_TYPE_DISCRETE
    public const uint IsDamaged = 0x40;                     // V4L2_BUF_FLAG_ERROR
    public const uint TimeMask = 0xE000;                    // V4L2_BUF_FLAG_TIMESTAMP_MASK
    public const uint TimeIsMonotonic = 0x2000;             // V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC

    public const int NoEntry = 2, NoSuchAddress = 6, TryAgain = 11, NoPermission = 13, Busy = 16, NoDevice = 19, Invalid = 22, NoSuchCall = 25, NoSpace = 28;

    // O_RDWR | O_NONBLOCK | O_CLOEXEC
    private const int OpenFlags = 0x2 | 0x800 | 0x80000;

    private const int ReadAccess = 1, Shared = 1;           // PROT_READ, MAP_SHARED
    private const short Readable = 1;                       // POLLIN

    private const uint ToKernel = 1, FromKernel = 2;        // _IOC_WRITE, _IOC_READ

    public static readonly uint QueryCapabilities = Number<v4l2_capability>(FromKernel, 0);                     // VIDIOC_QUERYCAP
    public static readonly uint SetFormat = Number<v4l2_format>(FromKernel | ToKernel, 5);                      // VIDIOC_S_FMT
    public static readonly uint RequestBuffers = Number<v4l2_requestbuffers>(FromKernel | ToKernel, 8);         // VIDIOC_REQBUFS
    public static readonly uint QueryBuffer = Number<v4l2_buffer>(FromKernel | ToKernel, 9);                    // VIDIOC_QUERYBUF
    public static readonly uint QueueBuffer = Number<v4l2_buffer>(FromKernel | ToKernel, 15);                   // VIDIOC_QBUF
    public static readonly uint DequeueBuffer = Number<v4l2_buffer>(FromKernel | ToKernel, 17);                 // VIDIOC_DQBUF
    public static readonly uint StreamOn = Number<uint>(ToKernel, 18);                                          // VIDIOC_STREAMON
    public static readonly uint SetParameters = Number<v4l2_streamparm>(FromKernel | ToKernel, 22);             // VIDIOC_S_PARM
    public static readonly uint EnumerateFrameIntervals = Number<v4l2_frmivalenum>(FromKernel | ToKernel, 75);  // VIDIOC_ENUM_FRAMEINTERVALS

    /// <summary>The error's number is where .NET keeps the last one.</summary>
    public static SafeFileHandle Open(string path) => open(path, OpenFlags);

    /// <summary>0, or the error's number.</summary>
    public static int Call<T>(SafeHandle file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return ioctl(file, request, pointer) >= 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Waits until there is something to fetch, a failure among it; false when the time has passed.</summary>
    public static bool Wait(SafeFileHandle file, int milliseconds)
    {
        var waiting = new poll_fd { fd = (int)file.DangerousGetHandle(), events = Readable };
        return poll(&waiting, 1, milliseconds) > 0;
    }

    /// <summary>A buffer of the driver's in this process's memory, to read; 0 when that failed.</summary>
    public static nint Map(SafeFileHandle file, nuint offset, nuint length)
    {
        var address = mmap(0, length, ReadAccess, Shared, file, (nint)offset);
        return address == -1 ? 0 : address;
    }

    public static void Unmap(nint address, nuint length) => _ = munmap(address, length);

    /// <summary>A name of the kernel's: bytes up to a zero.</summary>
    public static string Text(byte* bytes) => Marshal.PtrToStringUTF8((nint)bytes) ?? "";

    private static uint Number<T>(uint direction, uint number)
        where T : unmanaged => direction << 30 | (uint)sizeof(T) << 16 | (uint)'V' << 8 | number;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string pathname, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(poll_fd* fds, nuint nfds, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeHandle fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);
}
