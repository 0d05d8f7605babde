using System.Globalization;

namespace PiStereoLink.Receiver.Ps4;

/// <summary>A device on the USB, as /sys/bus/usb/devices has it.</summary>
/// <param name="Port">Where it is plugged in, such as <c>2-1.4</c>.</param>
/// <param name="Vendor">idVendor.</param>
/// <param name="Product">idProduct.</param>
/// <param name="Bus">Number of the bus.</param>
/// <param name="Number">Number on the bus; a device that comes back has another.</param>
/// <param name="MegabitsPerSecond">480 is USB 2, 5000 and more USB 3.</param>
public sealed record UsbDevice(string Port, int Vendor, int Product, int Bus, int Number, double MegabitsPerSecond)
{
    public const string SystemFolder = "/sys/bus/usb/devices";

    /// <summary>As vendor:product.</summary>
    public string Id => $"{Vendor:x4}:{Product:x4}";

    /// <summary>As <c>lsusb</c> and udev have it, for --device.</summary>
    public string Address => $"{Bus:000}/{Number:000}";

    /// <summary>Its file in the USB device file system.</summary>
    public string File => $"/dev/bus/usb/{Address}";

    /// <summary>Every device now; one that leaves meanwhile is left out.</summary>
    public static IReadOnlyList<UsbDevice> All(string folder = SystemFolder) =>
        !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).Select(Read).OfType<UsbDevice>()];

    private static UsbDevice? Read(string folder)
    {
        var number = Text(folder, "devnum");
        return number is null || Hex(folder, "idVendor") is not { } vendor || Hex(folder, "idProduct") is not { } product
            || !int.TryParse(Text(folder, "busnum"), CultureInfo.InvariantCulture, out var bus) || !int.TryParse(number, CultureInfo.InvariantCulture, out var device)
            ? null
            : new UsbDevice(Path.GetFileName(folder), vendor, product, bus, device, double.TryParse(Text(folder, "speed"), CultureInfo.InvariantCulture, out var speed) ? speed : 0);
    }

    private static int? Hex(string folder, string name) =>
        int.TryParse(Text(folder, name), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Text(string folder, string name)
    {
        try
        {
            return System.IO.File.ReadAllText(Path.Combine(folder, name)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;        // an interface, which has no number, or a device that has just left
        }
    }
}
