namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>Turns pictures into a stream, one after the other.</summary>
internal interface IFrameEncoder : IDisposable
{
    /// <summary>The bytes that a picture of blue, green, red bytes adds to the stream.</summary>
    byte[] Encode(byte[] bgr);

    /// <summary>Whether the frame encoded last can be decoded without those before it.</summary>
    bool IsKey => true;

    /// <summary>What a decoder must know before any frame, where the frames themselves may not say it.</summary>
    byte[] Headers => [];
}
