using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Agent;

/// <summary>Every setting of a picture, in the order of the help. Names are rpicam's, where it has one.</summary>
public static partial class PictureSettingTable
{
    private const double Neutral0To = 32;       // libcamera's own limit for contrast and saturation; 16 for sharpness
    private const int LargestScreen = 8192;

    /// <summary>What stills and video share.</summary>
    private static readonly PictureSetting[] Shared =
    [
        // First, so that what is given beside it goes before it.
        new("--frozen", "FILE", "Shutter, gain, white balance and focus from a file that `agent capture --freeze` wrote.", FrozenExposure.Reader),
        new("--preview", "X,Y,W,H|full|off", "Where the program shows what it sees on this Pi's own screen (off).", Preview),
        PictureSetting.Switch("--hflip", "Mirror left and right.", (s, on) => s with { HorizontalFlip = on }),
        PictureSetting.Switch("--vflip", "Mirror top and bottom.", (s, on) => s with { VerticalFlip = on }),
        new("--rotation", "0|90|180|270", "Turn clockwise; 90 and 270 on legacy systems only.", Rotation),
        new("--roi", "X,Y,W,H", "The part of the sensor to take, in fractions: 0.25,0.25,0.5,0.5 is the middle.", text => Region("--roi", text, (s, roi) => s with { Roi = roi })),
        new("--sensor-mode", "W:H[:BITS[:P|U]]", "The sensor's mode, as `agent cameras` lists them; on legacy systems its number.", SensorMode),
        PictureSetting.Number("--brightness", "-1..1", "0 is neutral.", -1, 1, "", (s, v) => s with { Brightness = v }),
        PictureSetting.Number("--contrast", "0..32", "1 is neutral, 0 grey; at most 2 on legacy systems.", 0, Neutral0To, "", (s, v) => s with { Contrast = v }),
        PictureSetting.Number("--saturation", "0..32", "1 is neutral, 0 black and white; at most 2 on legacy systems.", 0, Neutral0To, "", (s, v) => s with { Saturation = v }),
        PictureSetting.Number("--sharpness", "0..16", "1 is neutral, 0 none; at most 2 on legacy systems.", 0, 16, "", (s, v) => s with { Sharpness = v }),
        PictureSetting.Word(Vocabulary.Exposure, "How exposure is found.", (s, v) => s with { Exposure = v }),
        PictureSetting.Word(Vocabulary.Metering, "Where light is measured.", (s, v) => s with { Metering = v }),
        PictureSetting.Number("--ev", "-10..10", "Brighter or darker than measured, in stops.", -10, 10, " stops", (s, v) => s with { Ev = v }),
        PictureSetting.Number("--shutter", "MICROSECONDS", "A fixed exposure time.", 1, 1e9, " microseconds", (s, v) => s with { ShutterMicroseconds = v }),
        PictureSetting.Number("--gain", "1..64", "A fixed gain.", 1, 64, "", (s, v) => s with { Gain = v }),
        PictureSetting.Number("--iso", "100..6400", "The same as --gain, times 100.", 100, 6400, "", (s, v) => s with { Gain = v / 100 }),
        PictureSetting.Word(Vocabulary.WhiteBalance, "White balance.", (s, v) => s with { WhiteBalance = v }),
        PictureSetting.Numbers("--awbgains", "RED,BLUE", "A fixed white balance, instead of --awb.", 0.01, 32, (s, v) => s with { ColourGains = new(v[0], v[1]) }),
        PictureSetting.Word(Vocabulary.Denoise, "What is done against noise.", (s, v) => s with { Denoise = v }),
        PictureSetting.Word(Vocabulary.Hdr, "High dynamic range.", (s, v) => s with { Hdr = v }),
        PictureSetting.Whole("--flicker-period", "MICROSECONDS", "Of the lamps: 10000 at 50 Hz, 8333 at 60 Hz, 0 off.", 0, 100_000, (s, v) => s with { FlickerPeriodMicroseconds = v }),
        PictureSetting.Word(Vocabulary.AutofocusMode, "How a lens is focused.",
            (s, v) => s with { AutofocusMode = v, LensPosition = LooksForFocus(v) ? null : s.LensPosition }),       // what looks for the focus lets go of a frozen one
        PictureSetting.Word(Vocabulary.AutofocusRange, "How near it looks for the focus.", (s, v) => s with { AutofocusRange = v }),
        PictureSetting.Word(Vocabulary.AutofocusSpeed, "How quickly.", (s, v) => s with { AutofocusSpeed = v }),
        new("--autofocus-window", "X,Y,W,H", "The part of the picture to focus on, in fractions.", text => Region("--autofocus-window", text, (s, window) => s with { AutofocusWindow = window })),
        new("--lens-position", "DIOPTRES|default", "A fixed focus: 0 is far away, 2 is half a metre.", LensPosition),
        new("--tuning-file", "FILE", "The sensor's tuning for libcamera.", TuningFile),
        PictureSetting.Numbers("--colour-effect", "U:V", "One colour for all; 128:128 is black and white. Legacy systems only.", 0, 255, (s, v) => s with { ColourEffect = ((int)v[0], (int)v[1]) }),
        PictureSetting.Word(Vocabulary.ImageEffect, "An effect; legacy systems only.", (s, v) => s with { ImageEffect = v }),
    ];

    private static readonly PictureSetting[] Size =
    [
        PictureSetting.Whole("--width", "PIXELS", "Width of the pictures.", int.MinValue, int.MaxValue, (s, v) => s with { Width = v }) with { Default = s => s.Width },
        PictureSetting.Whole("--height", "PIXELS", "Height of the pictures.", int.MinValue, int.MaxValue, (s, v) => s with { Height = v }) with { Default = s => s.Height },
    ];

    private static readonly PictureSetting Quality =
        PictureSetting.Whole("--quality", "1..100", "JPEG quality.", 1, 100, (s, v) => s with { Quality = v }) with { Default = s => s.Quality };

    /// <summary>The settings of a film.</summary>
    public static readonly PictureSetting[] Video =
    [
        .. Size,
        PictureSetting.Number("--framerate", "FPS", "Pictures a second.", 0.01, 1000, " pictures a second", (s, v) => s with { Framerate = v }) with { Default = s => s.Framerate },
        Quality,
        .. Shared,
        PictureSetting.Word(Vocabulary.Sync, "Take pictures at the same moments as other Pis.", (s, v) => s with { Sync = v }),
    ];

    /// <summary>The settings of a still.</summary>
    public static readonly PictureSetting[] Still =
    [
        .. Size,
        Quality,
        PictureSetting.Word(Vocabulary.Encoding, "The file's format; by its name unless given. Of legacy programs, raspiyuv gives rgb and yuv420.", (s, v) => s with { Encoding = v }),
        PictureSetting.Switch("--raw", "Keep the sensor's own data beside it, as .dng.", (s, on) => s with { Raw = on }),
        .. Shared,
    ];

    /// <summary>A fixed focus and one that is looked for exclude each other.</summary>
    internal static bool LooksForFocus(string? mode) => mode is "auto" or "continuous";

    private static Func<PictureSettings, PictureSettings> Preview(string text)
    {
        if (text is ProgramArguments.PreviewOff or ProgramArguments.PreviewFull)
            return s => s with { Preview = text };
        var part = Array.ConvertAll(text.Split(','), part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) ? pixels : -1);
        return part is [>= 0, >= 0, >= 1, >= 1] && Array.TrueForAll(part, pixels => pixels <= LargestScreen)
            ? s => s with { Preview = text }
            : throw new FormatException($"is not off, full or X,Y,W,H in whole pixels of the screen, at most {LargestScreen}");
    }

    private static Func<PictureSettings, PictureSettings> Rotation(string text) =>
        text is "0" or "90" or "180" or "270" ? s => s with { Rotation = int.Parse(text, CultureInfo.InvariantCulture) }
            : throw new FormatException("is not 0, 90, 180 or 270");

    private static Func<PictureSettings, PictureSettings> SensorMode(string text) =>
        SensorModeText().IsMatch(text) ? s => s with { SensorMode = text } : throw new FormatException("is not WIDTH:HEIGHT, WIDTH:HEIGHT:BITS, WIDTH:HEIGHT:BITS:P or a number from 0 to 7");

    private static Func<PictureSettings, PictureSettings> TuningFile(string text) =>
        File.Exists(text) ? s => s with { TuningFile = Path.GetFullPath(text) } : throw new SettingException($"--tuning-file {text} is not there.");

    private static Func<PictureSettings, PictureSettings> LensPosition(string text) =>
        text == "default" ? s => s with { LensPosition = text }
            : PictureSetting.Number("--lens-position", "", "", 0, 32, " dioptres", (s, v) => s with { LensPosition = ProgramArguments.Text(v) }).Read(text);

    private static Func<PictureSettings, PictureSettings> Region(string option, string text, Func<PictureSettings, Region, PictureSettings> set) =>
        PictureSetting.Numbers(option, "X,Y,W,H", "", 0, 1, (s, v) =>
            v[0] + v[2] <= 1 && v[1] + v[3] <= 1 && v[2] > 0 && v[3] > 0 ? set(s, new(v[0], v[1], v[2], v[3]))
                : throw new SettingException($"{option} {text} goes beyond the picture: X and W together are at most 1, Y and H too.")).Read(text);

    [GeneratedRegex(@"^([0-7]|\d{1,5}:\d{1,5}(:\d{1,2}(:[PU])?)?)$")]
    private static partial Regex SensorModeText();
}
