using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>A JPEG as a still program wrote it, checked to its end and stamped.</summary>
public static class StillPicture
{
    /// <summary>The picture as a frame, which the caller owns.</summary>
    /// <exception cref="CameraException">The program has left half a picture, or none.</exception>
    public static Frame Stamp(Still still, FrameStamper stamper)
    {
        ArgumentNullException.ThrowIfNull(still);
        ArgumentNullException.ThrowIfNull(stamper);
        var bytes = File.ReadAllBytes(still.Path);
        var jpeg = JpegScanner.Check(bytes);
        if (jpeg.Fault != JpegFault.None)
            throw new CameraException($"The camera program left a picture that is no whole JPEG: {jpeg.Describe()}.");
        var picture = FrameBuffer.Rent(bytes.Length);
        picture.Append(bytes);
        return stamper.Stamp(picture, (jpeg.ExifStart, jpeg.ExifEnd), still.Metadata, still.Sensor);
    }
}
