namespace Iot.Device.Media;

/// <summary>How pixels are laid out: V4L2's four characters, the first in the lowest byte. A device may give ones that have no name here.</summary>
public enum VideoPixelFormat
{
    JPEG = 'J' | 'P' << 8 | 'E' << 16 | 'G' << 24,
    MJPEG = 'M' | 'J' << 8 | 'P' << 16 | 'G' << 24,
    YUYV = 'Y' | 'U' << 8 | 'Y' << 16 | 'V' << 24,
}
