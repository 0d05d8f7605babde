namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>Ends the program as the real one ends on any exception: the text between stars on stderr, 255.</summary>
internal sealed class CameraException(string message) : Exception(message);
