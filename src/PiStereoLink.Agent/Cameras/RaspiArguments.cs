using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Settings in the words of raspistill and raspivid, whose numbers are on other scales.</summary>
public static class RaspiArguments
{
    /// <summary>The firmware's own limit for the exposure compensation, in sixths of a stop.</summary>
    private const int MostSixths = 25;

    private const string NoLens = "the legacy camera stack moves no lens.";

    /// <inheritdoc cref="RpicamArguments.Of"/>
    public static IReadOnlyList<string> Of(PictureSettings pictures, string program)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var line = new ProgramArguments(program);
        line.AddSwitch("-hf", pictures.HorizontalFlip);
        line.AddSwitch("-vf", pictures.VerticalFlip);
        line.AddNumber("-rot", pictures.Rotation);
        line.AddText("-roi", pictures.Roi);
        line.Refuse($"--sensor-mode {pictures.SensorMode}", pictures.SensorMode?.Contains(':', StringComparison.Ordinal) == true,
            "its modes are numbers, 0 to 7, and 0 chooses by itself.");
        line.AddText("-md", pictures.SensorMode);

        line.AddNumber("-br", pictures.Brightness is { } brightness ? Math.Round(50 + 50 * brightness) : null);
        line.AddNumber("-co", Percent("--contrast", pictures.Contrast));
        line.AddNumber("-sa", Percent("--saturation", pictures.Saturation));
        line.AddNumber("-sh", Percent("--sharpness", pictures.Sharpness));

        Word("-ex", Vocabulary.Exposure, pictures.Exposure, "");
        Word("-mm", Vocabulary.Metering, pictures.Metering, "");
        line.Refuse($"--ev {ProgramArguments.Text(pictures.Ev ?? 0)}", Math.Abs(pictures.Ev ?? 0) * 6 > MostSixths, "it goes from -4.16 to 4.16 stops.");
        line.AddNumber("-ev", pictures.Ev is { } stops ? Math.Round(6 * stops) : null);
        line.AddNumber("-ss", pictures.ShutterMicroseconds);
        if (pictures.Gain is { } gain)
            line.Add("-ag", ProgramArguments.Text(gain), "-dg", "1");
        if (pictures.ColourGains is { } gains)
            line.Add("-awb", "off", "-awbg", gains.ToString());
        else
            Word("-awb", Vocabulary.WhiteBalance, pictures.WhiteBalance, "");
        line.AddText("-fli", Flicker(pictures.FlickerPeriodMicroseconds));

        Word("", Vocabulary.Denoise, pictures.Denoise, "the legacy camera stack decides by itself.");
        Word("", Vocabulary.Hdr, pictures.Hdr, "the legacy camera stack cannot do it.");
        Word("", Vocabulary.AutofocusMode, pictures.AutofocusMode, NoLens);
        Word("", Vocabulary.AutofocusRange, pictures.AutofocusRange, NoLens);
        Word("", Vocabulary.AutofocusSpeed, pictures.AutofocusSpeed, NoLens);
        line.Refuse("--autofocus-window", pictures.AutofocusWindow is not null, NoLens);
        line.Refuse("--lens-position", pictures.LensPosition is not null, NoLens);
        line.Refuse("--tuning-file", pictures.TuningFile is not null, "the legacy camera stack is tuned in its firmware.");

        line.AddText("-cfx", pictures.ColourEffect is { } effect ? string.Create(CultureInfo.InvariantCulture, $"{effect.U}:{effect.V}") : null);
        Word("-ifx", Vocabulary.ImageEffect, pictures.ImageEffect, "");
        Word("", Vocabulary.Sync, pictures.Sync, "the legacy camera stack runs each camera by itself.");
        return line.Words;

        void Word(string flag, Vocabulary vocabulary, string? ours, string without) => line.AddWord(flag, vocabulary, ours, word => word.Raspi, without);

        // Ours: 0 none, 1 neutral. Theirs: -100 none, 0 neutral, 100 the most.
        double? Percent(string setting, double? value)
        {
            line.Refuse($"{setting} {ProgramArguments.Text(value ?? 0)}", value > 2, "its scale ends at 2.");
            return value is { } given ? Math.Round(100 * (given - 1)) : null;
        }

        string? Flicker(int? period) => period switch
        {
            null => null,
            0 => "off",
            10000 => "50hz",
            8333 => "60hz",
            _ => throw line.Lacks($"--flicker-period {period}", "it has 10000 (50 Hz), 8333 (60 Hz) and 0 (off)."),
        };
    }
}
