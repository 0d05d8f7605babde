using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Settings in the words of rpicam-* and libcamera-*, the same for stills and video.</summary>
public static class RpicamArguments
{
    /// <summary>Everything but size, format and rate, of which stills and video have their own ideas.</summary>
    /// <exception cref="CameraException">A setting that these programs do not have.</exception>
    public static IReadOnlyList<string> Of(PictureSettings pictures, string program)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var line = new ProgramArguments(program);
        line.AddSwitch("--hflip", pictures.HorizontalFlip);
        line.AddSwitch("--vflip", pictures.VerticalFlip);
        line.Refuse($"--rotation {pictures.Rotation}", pictures.Rotation is not (null or 0 or 180), "it turns by 0 or 180 degrees.");
        line.AddNumber("--rotation", pictures.Rotation);
        line.AddText("--roi", pictures.Roi);
        line.Refuse($"--sensor-mode {pictures.SensorMode}", int.TryParse(pictures.SensorMode, CultureInfo.InvariantCulture, out _),
            "its modes are written WIDTH:HEIGHT:BITS:P, and `agent cameras` lists them.");
        line.AddText("--mode", pictures.SensorMode);

        line.AddNumber("--brightness", pictures.Brightness);
        line.AddNumber("--contrast", pictures.Contrast);
        line.AddNumber("--saturation", pictures.Saturation);
        line.AddNumber("--sharpness", pictures.Sharpness);

        Word("--exposure", Vocabulary.Exposure, pictures.Exposure);
        Word("--metering", Vocabulary.Metering, pictures.Metering);
        line.AddNumber("--ev", pictures.Ev);
        line.AddNumber("--shutter", pictures.ShutterMicroseconds);
        line.AddNumber("--gain", pictures.Gain);
        if (pictures.ColourGains is null)
            Word("--awb", Vocabulary.WhiteBalance, pictures.WhiteBalance);
        line.AddText("--awbgains", pictures.ColourGains);
        line.AddNumber("--flicker-period", pictures.FlickerPeriodMicroseconds);

        Word("--denoise", Vocabulary.Denoise, pictures.Denoise);
        Word("--hdr", Vocabulary.Hdr, pictures.Hdr);
        Word("--autofocus-mode", Vocabulary.AutofocusMode, pictures.AutofocusMode);
        Word("--autofocus-range", Vocabulary.AutofocusRange, pictures.AutofocusRange);
        Word("--autofocus-speed", Vocabulary.AutofocusSpeed, pictures.AutofocusSpeed);
        line.AddText("--autofocus-window", pictures.AutofocusWindow);
        line.AddText("--lens-position", pictures.LensPosition);
        line.AddText("--tuning-file", pictures.TuningFile);

        line.Refuse("--colour-effect", pictures.ColourEffect is not null, "effects went with the legacy camera stack; --saturation 0 makes black and white.");
        Word("", Vocabulary.ImageEffect, pictures.ImageEffect);
        Word("--sync", Vocabulary.Sync, pictures.Sync);
        return line.Words;

        void Word(string flag, Vocabulary vocabulary, string? ours) =>
            line.AddWord(flag, vocabulary, ours, word => word.Rpicam, "effects went with the legacy camera stack.");
    }
}
