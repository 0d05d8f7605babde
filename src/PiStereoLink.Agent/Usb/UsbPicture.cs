using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A picture out of a USB camera's MJPG.</summary>
/// <param name="Bytes">The JPEG, with Huffman tables.</param>
/// <param name="Exif">Where the camera's own EXIF stands in it; 0 and 0 when it has none.</param>
/// <param name="MonotonicNanoseconds">When it began to arrive, by the monotonic clock; null when the driver does not tell.</param>
public readonly record struct UsbPicture(FrameBuffer Bytes, (int Start, int End) Exif, long? MonotonicNanoseconds = null)
{
    /// <summary>Stamps it; the frame then owns its bytes.</summary>
    /// <param name="stamper">The camera's.</param>
    /// <param name="model">What the camera calls itself.</param>
    public Frame Stamp(FrameStamper stamper, string model)
    {
        ArgumentNullException.ThrowIfNull(stamper);
        return stamper.Stamp(Bytes, Exif, new CameraMetadata { SensorNanoseconds = MonotonicNanoseconds }, model);
    }

    /// <summary>Copies one out of a driver's buffer, without what stands behind its end: some cameras fill up with zeros. Null when it is not whole.</summary>
    public static UsbPicture? Of(ReadOnlySpan<byte> buffer)
    {
        var scanner = new JpegScanner();
        var length = scanner.Scan(buffer);
        return scanner is { IsDone: true, Fault: JpegFault.None }
            ? new(StandardHuffmanTables.Complete(buffer[..length]), (scanner.ExifStart, scanner.ExifEnd))
            : null;
    }
}
