using PiStereoLink.SimulatedCamera.Metering;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>One still as the sensor gave it: valid until the next one.</summary>
/// <param name="Number">Counts the stills of this run from 0.</param>
/// <param name="Captured">Wall clock, nanoseconds since 1970.</param>
internal sealed record StillPicture(long Number, byte[] Bgr, Reading Reading, long Captured, long FrameMicroseconds)
{
    public DateTime LocalTime => DateTime.UnixEpoch.AddTicks(Captured / 100).ToLocalTime();
}
