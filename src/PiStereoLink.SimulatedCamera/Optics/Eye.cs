namespace PiStereoLink.SimulatedCamera.Optics;

/// <summary>Which of the rig's two cameras; the number is the camera program's index.</summary>
internal enum Eye
{
    Left = 0,
    Right = 1,
}
