namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>A frame could not be written: its reader has gone, or the disk is full.</summary>
internal sealed class OutputException(IOException cause) : Exception("failed to write output bytes", cause);
