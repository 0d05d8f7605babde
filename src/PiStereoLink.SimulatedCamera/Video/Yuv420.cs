using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>No encoding at all: each frame as its planes of Y, U and V.</summary>
internal sealed class Yuv420(Framing framing) : IFrameEncoder
{
    private readonly RawPicture planes = new(framing.Width, framing.Height);

    public byte[] Encode(byte[] bgr) => planes.Encode(bgr, "yuv420");

    public void Dispose()
    {
    }
}
