namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>Where a video program puts its frames.</summary>
internal interface IFrameSink : IDisposable
{
    void Put(in EncodedFrame frame);

    /// <summary>Writes what waits; a clean end does so, a killed program does not.</summary>
    void End();
}
