using System.Runtime.InteropServices;

namespace System.Device.Gpio;

/// <summary>
/// The second version of the kernel's interface to GPIO lines (<c>linux/gpio.h</c>, Linux 5.10). Every structure has the same layout on
/// 32 and 64 bits, and the numbers of the calls hold its size. The names are the header's.
/// </summary>
internal static unsafe partial class Kernel
{
    public const uint GetChipInfo = 0x8044B401;         // GPIO_GET_CHIPINFO_IOCTL
    public const uint GetLineInfo = 0xC100B405;         // GPIO_V2_GET_LINEINFO_IOCTL
    public const uint GetLine = 0xC250B407;             // GPIO_V2_GET_LINE_IOCTL
    public const uint SetConfig = 0xC110B40D;           // GPIO_V2_LINE_SET_CONFIG_IOCTL
    public const uint GetValues = 0xC010B40E;           // GPIO_V2_LINE_GET_VALUES_IOCTL
    public const uint SetValues = 0xC010B40F;           // GPIO_V2_LINE_SET_VALUES_IOCTL

    public const ulong Input = 1 << 2;                  // GPIO_V2_LINE_FLAG_INPUT
    public const ulong Output = 1 << 3;
    public const ulong BiasPullUp = 1 << 8;
    public const ulong BiasPullDown = 1 << 9;

    public const uint AttributeOutputValues = 2;        // GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES

    private const int NameSize = 32;                    // GPIO_MAX_NAME_SIZE

    public const int Busy = 16;                         // EBUSY

#pragma warning disable CS0649 // Field is never assigned to: the kernel fills it, or it stays 0
    public struct gpiochip_info
    {
        public fixed byte name[NameSize];
        public fixed byte label[NameSize];
        public uint lines;
    }

    public struct gpio_v2_line_config_attribute
    {
        public uint id;
        public uint padding;
        public ulong values;
        public ulong mask;
    }

    public struct gpio_v2_line_config
    {
        public ulong flags;
        public uint num_attrs;
        public fixed uint padding[5];
        public gpio_v2_line_config_attribute attrs;     // the first of ten; we need no other
        public fixed ulong more_attrs[9 * 3];
    }

    public struct gpio_v2_line_request
    {
        public fixed uint offsets[64];
        public fixed byte consumer[NameSize];
        public gpio_v2_line_config config;
        public uint num_lines;
        public uint event_buffer_size;
        public fixed uint padding[5];
        public int fd;
    }

    public struct gpio_v2_line_info
    {
        public fixed byte name[NameSize];
        public fixed byte consumer[NameSize];
        public uint offset;
        public uint num_attrs;
        public ulong flags;
        public fixed ulong attrs[10 * 2];
        public fixed uint padding[4];
    }

    public struct gpio_v2_line_values
    {
        public ulong bits;
        public ulong mask;
    }
#pragma warning restore CS0649

    /// <summary>0, or the error's number.</summary>
    public static int Call<T>(SafeHandle file, uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return ioctl(file, request, pointer) >= 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>A name of the kernel's: bytes up to a zero.</summary>
    public static string Text(byte* bytes) => Marshal.PtrToStringUTF8((nint)bytes) ?? "";

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);
}
