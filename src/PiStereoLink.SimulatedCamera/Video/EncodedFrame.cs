namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>A frame on its way into a file.</summary>
/// <param name="IsKey">It can be decoded without those before it.</param>
/// <param name="IsRestart">It is the first one, or the first one after a pause.</param>
/// <param name="Microseconds">Its time since the first frame, as the program counts it.</param>
internal readonly record struct EncodedFrame(ReadOnlyMemory<byte> Bytes, bool IsKey, bool IsRestart, long Microseconds);
