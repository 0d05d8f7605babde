namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The camera, or this simulation, cannot do what was asked for.</summary>
internal sealed class SoftwareException(string message) : Exception(message);
