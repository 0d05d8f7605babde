namespace Iot.Device.Media;

/// <summary>Which device, and what pictures.</summary>
public class VideoConnectionSettings(int busId, (uint Width, uint Height) captureSize, VideoPixelFormat pixelFormat = VideoPixelFormat.YUYV)
{
    /// <summary>The number behind <see cref="VideoDevice.DevicePath"/>.</summary>
    public int BusId { get; } = busId;

    public (uint Width, uint Height) CaptureSize { get; set; } = captureSize;

    public VideoPixelFormat PixelFormat { get; set; } = pixelFormat;
}
