using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>What a video program was asked for.</summary>
/// <param name="Timeout">Zero: for ever.</param>
/// <param name="Frames">Ends after so many, whatever the timeout; zero: the timeout counts.</param>
internal sealed record VideoPlan(
    Eye Eye, Framing Framing, ExposureSettings Exposure, double FramesPerSecond, TimeSpan Timeout, long Frames, bool StartPaused);
