namespace PiStereoLink.Agent;

/// <summary>A camera as <c>--list-cameras</c> shows it.</summary>
/// <param name="Index">Its place among those connected now: another one plugged in can change it.</param>
/// <param name="Model">The sensor, such as <c>imx708</c>.</param>
/// <param name="Id">Where it is connected, such as <c>/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a</c>: that stays.</param>
/// <param name="Width">The sensor's pixels.</param>
/// <param name="Height">The sensor's pixels.</param>
/// <param name="Modes">What it can deliver.</param>
public sealed record ListedCamera(int Index, string Model, string Id, int Width, int Height, IReadOnlyList<CameraMode> Modes)
{
    public override string ToString() => $"{Index} {Model} ({Id})";
}

/// <summary>One of a sensor's modes.</summary>
/// <param name="Format">libcamera's name of its pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Framerate">The highest; null where the program does not say.</param>
public sealed record CameraMode(string Format, int Width, int Height, double? Framerate);
