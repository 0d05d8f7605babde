using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Depth;

/// <summary>The depth of one pair, for everybody who watches the rig.</summary>
/// <param name="Sequence">The pair's number in its rig.</param>
/// <param name="CapturedAt">Time of capture of the left frame, UTC, by the receiver's clock where that Pi knows it.</param>
/// <param name="CameraTime">The same by the Pi's own clock, as it stands in the picture.</param>
/// <param name="Frame">Disparity, and the way to points.</param>
public sealed record RigDepth(long Sequence, DateTime CapturedAt, DateTime CameraTime, DepthFrame Frame)
{
    private readonly Lazy<byte[]> picture = new(() => DisparityPicture.EncodeJpeg(Frame.Disparity));

    /// <summary>The disparity in colours as JPEG, made once for all viewers, and not at all when there is none.</summary>
    public ReadOnlyMemory<byte> Picture => picture.Value;
}
