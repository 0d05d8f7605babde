using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Brings frames that were stamped before the receiver's clock was known to it, before they are sent for the first time: those of this run
/// alone, as nobody remembers what an earlier one has sent (docs/decisions/shared-clock.md).
/// </summary>
/// <param name="receiver">The receiver's clock.</param>
/// <param name="run">This run of the agent.</param>
public sealed class Redating(ReceiverClock receiver, uint run)
{
    public ReceiverClock Receiver => receiver;

    /// <summary>Whether this frame is brought to the receiver's clock as soon as that is known, unless it has been sent.</summary>
    public bool Concerns(in Stamp stamp) => stamp.Clock.Source == ClockSource.None && stamp.Identity.Run == run && stamp.MonotonicNanoseconds is not null;

    /// <summary>A copy of the picture with the offset in its stamp; false where it stays as it is.</summary>
    public bool TryDate(ReadOnlySpan<byte> picture, in Stamp stamp, out Frame dated)
    {
        dated = default;
        if (!Concerns(stamp)
            || receiver.StateOf(new CaptureTime(stamp.CapturedAt, stamp.MonotonicNanoseconds, stamp.Clock.ErrorMicroseconds), TimeSpan.MaxValue) is not { Source: ClockSource.Receiver } state)
            return false;
        var now = stamp with { Clock = state };
        var buffer = FrameBuffer.Rent(picture.Length);
        buffer.Append(picture);
        dated = new Frame(now.Camera, now.Identity, now.CapturedAt, now, StampWriter.Write(buffer, now, OwnStamp.In(picture)));
        return true;
    }
}
