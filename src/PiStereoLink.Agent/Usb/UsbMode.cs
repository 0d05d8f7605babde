namespace PiStereoLink.Agent;

/// <summary>A size in which a USB camera delivers pictures.</summary>
/// <param name="Format">V4L2's four characters, such as <c>MJPG</c>.</param>
/// <param name="Width">In pixels; of a camera with steps, the greatest.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Framerates">Pictures a second, the highest first; none where the driver does not tell.</param>
public sealed record UsbMode(string Format, int Width, int Height, IReadOnlyList<double> Framerates);

/// <summary>A camera that has a /dev/videoN.</summary>
/// <param name="Device">The device, such as <c>/dev/video0</c>; its number can change when it is plugged in again.</param>
/// <param name="Model">What it calls itself.</param>
/// <param name="Id">The name that stays with its socket; the device where there is none.</param>
/// <param name="Modes">What it can deliver.</param>
public sealed record ListedUsbCamera(string Device, string Model, string Id, IReadOnlyList<UsbMode> Modes);
