using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A camera on the network that sends both eyes in one frame, such as a StereoPi's or a USB stereo camera at a Pi: each frame cut in two, the newest only.</summary>
public sealed class StreamHalves(SourceSpec spec, EyeWriter eyes, Camera camera) : ISource
{
    public string Name => $"{camera.Name}";

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var place = camera.Ring.Next;
        while (true)
        {
            await camera.Ring.WaitAsync(place, stopping);
            if (!camera.Ring.TryTakeNewest(ref place, out var frame))
                continue;
            using (frame)
            {
                using var pixels = EncodedPicture.DecodeColour(frame.Bytes.Span, $"A frame of {camera.Name}");
                await eyes.SplitAsync(frames, pixels, StereoLayout.SideBySide, spec.Options, new CaptureMoment(frame.CapturedAt, frame.Stamp is null ? null : 0), stopping);
            }
        }
    }
}
