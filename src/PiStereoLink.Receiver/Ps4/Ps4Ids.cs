namespace PiStereoLink.Receiver.Ps4;

/// <summary>As what the camera shows itself on the USB. OmniVision's vendor number is that of its chip.</summary>
public static class Ps4Ids
{
    public const int OmniVision = 0x05A9;

    /// <summary>Waits for firmware: the PS4 camera of 2013, that of 2016 and the PS5's cannot be told apart here.</summary>
    public const int Boot = 0x0580;

    /// <summary>What a device with this number is once it has firmware, which decides about the number; null for every other device.</summary>
    public static string? LoadedName(UsbDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Vendor != OmniVision ? null : device.Product switch
        {
            0x058A => "PS4 camera, first firmware (CUH-ZEY1)",
            0x058B => "PS4 camera, second firmware (CUH-ZEY2)",
            0x058C => "PS5 camera",
            _ => null,
        };
    }

    public static bool IsWaiting(UsbDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device is { Vendor: OmniVision, Product: Boot };
    }
}
