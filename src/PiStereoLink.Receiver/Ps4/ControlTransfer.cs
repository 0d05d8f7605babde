namespace PiStereoLink.Receiver.Ps4;

/// <summary>A USB control transfer to the device, with the names of USB 2.0, table 9-2.</summary>
/// <param name="RequestType">0x40: to the device, vendor's own.</param>
public readonly record struct ControlTransfer(byte RequestType, byte Request, ushort Value, ushort Index, ReadOnlyMemory<byte> Data);

/// <summary>
/// How a firmware goes into the camera: chunks of 512 bytes, each with its place in the chip's memory, then the command that starts it.
/// The numbers are those that all public loaders of this camera use.
/// </summary>
public static class FirmwareTransfers
{
    private const byte ToVendorDevice = 0x40;
    private const int ChunkBytes = 512;
    private const int FirstIndex = 0x14;

    /// <summary>After it the camera leaves the bus and comes back as another device.</summary>
    public static ControlTransfer Start { get; } = new(ToVendorDevice, 0, 0x2200, 0x8018, new byte[] { 0x5B });

    /// <summary>All chunks, in order; 127 for 64,529 bytes.</summary>
    public static IEnumerable<ControlTransfer> Of(ReadOnlyMemory<byte> firmware)
    {
        for (var offset = 0; offset < firmware.Length; offset += ChunkBytes)
        {
            var chunk = firmware.Slice(offset, Math.Min(ChunkBytes, firmware.Length - offset));
            yield return new ControlTransfer(ToVendorDevice, 0, (ushort)offset, (ushort)(FirstIndex + (offset >> 16)), chunk);
        }
    }
}
