namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>An option that the program does not understand, or a value that it cannot read.</summary>
internal sealed class UsageException(string option) : Exception($"Invalid command line option ({option})");
