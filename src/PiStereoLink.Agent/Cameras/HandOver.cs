using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>From a camera to its link: every frame is counted once here.</summary>
internal static class HandOver
{
    /// <summary>Passes a frame on, and the duty to dispose it.</summary>
    public static void PassOn(this ChannelWriter<Frame> frames, Frame frame, Tally tally, CameraTally counts)
    {
        tally.CountCaptured(counts);
        if (frames.TryWrite(frame))
            return;
        frame.Dispose();        // the link has ended before the camera
        tally.CountDropped(DropReason.Link);
    }
}
