using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Receiver.Ps4;

/// <summary>
/// The part of the USB device file system (<c>linux/usbdevice_fs.h</c>) that a firmware needs. The number of each call holds the size of
/// its structure; that of a control transfer differs between 32 and 64 bits by an address. The names are the header's.
/// </summary>
internal static unsafe partial class UsbFileSystem
{
    public const int NoPermission = 1, NoEntry = 2, NoAccess = 13, Busy = 16, NoDevice = 19;

    // O_RDWR | O_CLOEXEC
    private const int OpenFlags = 0x2 | 0x80000;

    private const uint ToKernel = 1, FromKernel = 2;        // _IOC_WRITE, _IOC_READ

    public static readonly uint Control = Number<usbdevfs_ctrltransfer>(FromKernel | ToKernel, 0);      // USBDEVFS_CONTROL
    public static readonly uint SetConfiguration = Number<uint>(FromKernel, 5);                         // USBDEVFS_SETCONFIGURATION
    public static readonly uint ClaimInterface = Number<uint>(FromKernel, 15);                          // USBDEVFS_CLAIMINTERFACE

    public struct usbdevfs_ctrltransfer
    {
        public byte bRequestType;
        public byte bRequest;
        public ushort wValue;
        public ushort wIndex;
        public ushort wLength;
        public uint timeout;        // milliseconds
        public void* data;
    }

    /// <summary>The error's number is where .NET keeps the last one.</summary>
    public static SafeFileHandle Open(string path) => open(path, OpenFlags);

    /// <summary>What the call gives back, or the error's number, negative.</summary>
    public static int Call<T>(SafeHandle file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return ioctl(file, request, pointer) is >= 0 and var result ? result : -Marshal.GetLastPInvokeError();
    }

    private static uint Number<T>(uint direction, uint number)
        where T : unmanaged => direction << 30 | (uint)sizeof(T) << 16 | (uint)'U' << 8 | number;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string pathname, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);
}
