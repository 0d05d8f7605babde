namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>A frame could not be written: its reader has gone, the disk is full, or it is larger than the buffer it should go into.</summary>
internal sealed class OutputException(string message, Exception? cause = null) : Exception(message, cause);
