using OpenCvSharp;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A camera's exposure. The numbers are V4L2's: 1 by hand, 3 by the camera with the aperture left alone, which is what UVC cameras have, 0 all by the camera.</summary>
internal static class DeviceControls
{
    private const double ByHand = 1, ByCamera = 3, AllByCamera = 0;

    /// <summary>Sets what was asked for. A PS4 camera begins dark after every firmware, so its own control is switched on unasked.</summary>
    public static void Apply(VideoInput input, SourceOptions options, bool isPs4)
    {
        if (!input.IsLive)
            return;
        if (options.Exposure is { } units)
        {
            input.Set(VideoCaptureProperties.AutoExposure, ByHand);
            if (!input.Set(VideoCaptureProperties.Exposure, units))
                throw new IOException($"{input.Address} does not take +exposure={units}: `v4l2-ctl -d {input.Address} --list-ctrls` shows what it takes.");
        }
        else if (isPs4 && !input.Set(VideoCaptureProperties.AutoExposure, ByCamera))
        {
            input.Set(VideoCaptureProperties.AutoExposure, AllByCamera);
        }
    }
}
