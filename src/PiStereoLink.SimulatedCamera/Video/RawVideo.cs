using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>No encoding at all: each frame as the program's buffers have it.</summary>
/// <param name="buffers">How the bytes lie.</param>
/// <param name="encoding">yuv420, luma or rgb.</param>
internal sealed class RawVideo(RawPicture buffers, string encoding) : IFrameEncoder
{
    public byte[] Encode(byte[] bgr) => buffers.Encode(bgr, encoding);

    public void Dispose()
    {
    }
}
