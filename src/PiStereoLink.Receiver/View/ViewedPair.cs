namespace PiStereoLink.Receiver.View;

/// <summary>Two pictures of one instant as they came from the cameras, and a name for files.</summary>
/// <param name="Name">The time of capture.</param>
/// <param name="Left">JPEG.</param>
/// <param name="Right">JPEG.</param>
public sealed record ViewedPair(string Name, byte[] Left, byte[] Right);
