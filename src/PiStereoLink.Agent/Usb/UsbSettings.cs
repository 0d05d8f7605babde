namespace PiStereoLink.Agent;

/// <summary>Which settings a USB camera takes: size and rate. All others are refused, so that none is given and silently not done.</summary>
public static class UsbSettings
{
    private const string MakesItsOwnJpegs = "the camera makes its JPEGs itself, and they are passed on as they are.";
    private const string OwnControls = "the camera's own controls are for that. `v4l2-ctl -d {0} --list-ctrls` shows them, and what --set-ctrl sets stays until the camera is unplugged.";
    private const string NeedsDecoding = "that would need decoding and encoding, and pictures are passed on as they are.";

    private static readonly (string Option, Func<PictureSettings, object?> Given, string Why)[] Refused =
    [
        ("--encoding", s => s.Encoding is null or "jpg" ? null : s.Encoding, MakesItsOwnJpegs),
        ("--raw", s => s.Raw ? "" : null, MakesItsOwnJpegs),
        ("--preview", s => s.Preview is null or ProgramArguments.PreviewOff ? null : s.Preview, NeedsDecoding),
        ("--hflip", s => s.HorizontalFlip ? "" : null, NeedsDecoding),
        ("--vflip", s => s.VerticalFlip ? "" : null, NeedsDecoding),
        ("--rotation", s => s.Rotation is null or 0 ? null : s.Rotation, NeedsDecoding),
        ("--roi", s => s.Roi, NeedsDecoding),
        ("--sensor-mode", s => s.SensorMode, "--width, --height and --framerate choose one of the modes that `agent cameras` lists."),
        ("--brightness", s => s.Brightness, OwnControls),
        ("--contrast", s => s.Contrast, OwnControls),
        ("--saturation", s => s.Saturation, OwnControls),
        ("--sharpness", s => s.Sharpness, OwnControls),
        ("--exposure", s => s.Exposure, OwnControls),
        ("--metering", s => s.Metering, OwnControls),
        ("--ev", s => s.Ev, OwnControls),
        ("--shutter", s => s.ShutterMicroseconds, OwnControls),
        ("--gain", s => s.Gain, OwnControls),
        ("--awb", s => s.WhiteBalance, OwnControls),
        ("--awbgains", s => s.ColourGains, OwnControls),
        ("--denoise", s => s.Denoise, OwnControls),
        ("--hdr", s => s.Hdr, OwnControls),
        ("--flicker-period", s => s.FlickerPeriodMicroseconds, OwnControls),
        ("--autofocus-mode", s => s.AutofocusMode, OwnControls),
        ("--autofocus-range", s => s.AutofocusRange, OwnControls),
        ("--autofocus-speed", s => s.AutofocusSpeed, OwnControls),
        ("--autofocus-window", s => s.AutofocusWindow, OwnControls),
        ("--lens-position", s => s.LensPosition, OwnControls),
        ("--tuning-file", s => s.TuningFile, "that is libcamera's, which does not drive it."),
        ("--colour-effect", s => s.ColourEffect, OwnControls),
        ("--image-effect", s => s.ImageEffect, NeedsDecoding),
        ("--sync", s => s.Sync, "it runs by a clock of its own."),
    ];

    /// <param name="camera">The camera, for the sentence.</param>
    /// <param name="pictures">What was asked for.</param>
    /// <param name="usual">The defaults of the verb: a quality other than theirs was given by somebody.</param>
    /// <exception cref="CameraException">The first setting that a USB camera does not take.</exception>
    public static void Check(string camera, PictureSettings pictures, PictureSettings usual)
    {
        var line = new ProgramArguments($"The USB camera {camera}");
        line.Refuse("--quality", pictures.Quality != usual.Quality, MakesItsOwnJpegs);
        foreach (var (option, given, why) in Refused)
            line.Refuse(option, given(pictures) is not null, why.Replace("{0}", camera, StringComparison.Ordinal));
    }
}
