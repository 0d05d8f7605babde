using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes frames of one camera's pictures: number, time of capture, stamp. The numbers go on when its program is started again.</summary>
public sealed class FrameStamper(CameraName camera, string installId, uint run, TimeSpan framePeriod, TimeProvider time, ReceiverClock? receiver = null)
{
    /// <summary>Encoding and the pipe take less than this even on a loaded Pi Zero; with the exposure that bounds an unmeasured time.</summary>
    private static readonly TimeSpan EncodingBound = TimeSpan.FromMilliseconds(100);

    private readonly uint source = FrameIdentity.SourceOf(installId, camera);
    private readonly CaptureClock clock = new(time, framePeriod + EncodingBound);
    private ulong sequence;

    public CameraName Camera => camera;

    /// <summary>Stamps a picture, which the frame then owns.</summary>
    /// <param name="picture">A whole JPEG.</param>
    /// <param name="exif">Where the camera's own EXIF stands in it.</param>
    /// <param name="metadata">What the camera tells of it, or null.</param>
    /// <param name="sensor">The sensor's model, or null.</param>
    public Frame Stamp(FrameBuffer picture, (int Start, int End) exif, CameraMetadata? metadata, string? sensor)
    {
        var captured = clock.TimeOf(metadata);
        var stamp = new Stamp
        {
            Camera = camera,
            Identity = new FrameIdentity(source, run, ++sequence),
            CapturedAt = captured.Utc,
            Clock = receiver?.StateOf(captured, CaptureClock.Plausible) ?? new ClockState(ClockSource.None, OffsetMicroseconds: null, captured.ErrorMicroseconds),
            Boot = CaptureClock.BootId,
            MonotonicNanoseconds = captured.MonotonicNanoseconds,
            Sensor = sensor,
            ExposureMicroseconds = metadata?.ExposureMicroseconds is { } exposure ? (int)Math.Min(exposure, int.MaxValue) : null,
            AnalogueGain = metadata?.AnalogueGain,
            DigitalGain = metadata?.DigitalGain,
        };
        return new Frame(camera, stamp.Identity, stamp.CapturedAt, stamp, StampWriter.Write(picture, stamp, exif));
    }
}
