namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>Turns pictures into a stream, one after the other.</summary>
internal interface IFrameEncoder : IDisposable
{
    /// <summary>The bytes that a picture of blue, green, red bytes adds to the stream.</summary>
    byte[] Encode(byte[] bgr);

    /// <summary>The bytes with which the stream ends.</summary>
    byte[] End();
}
