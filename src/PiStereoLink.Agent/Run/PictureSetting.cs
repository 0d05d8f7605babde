using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>What the command line, the environment and the file call one of the <see cref="PictureSettings"/>.</summary>
/// <param name="Option">Its option, such as <c>--autofocus-mode</c>.</param>
/// <param name="Value">What its value looks like, for the help; null for a switch.</param>
/// <param name="Help">What it is for.</param>
/// <param name="Read">Reads its text.</param>
public sealed record PictureSetting(string Option, string? Value, string Help, PictureSetting.Reader Read)
{
    /// <summary>Turns text into what it changes.</summary>
    /// <exception cref="FormatException">"is not a whole number": the text is none of what can stand here.</exception>
    /// <exception cref="SettingException">The whole sentence: it is readable, and not allowed.</exception>
    public delegate Func<PictureSettings, PictureSettings> Reader(string text);

    /// <summary>Shows the default in the help; null where there is none.</summary>
    public Func<PictureSettings, object?>? Default { get; init; }

    /// <summary>Its name in the file and the environment: <c>AutofocusMode</c>.</summary>
    public string Key { get; } = string.Concat(Option.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static PictureSetting Switch(string option, string help, Func<PictureSettings, bool, PictureSettings> set) =>
        new(option, Value: null, help, text => bool.TryParse(text, out var on) ? s => set(s, on) : throw new FormatException("is not true or false"));

    public static PictureSetting Whole(string option, string value, string help, int from, int to, Func<PictureSettings, int, PictureSettings> set) =>
        new(option, value, help, text =>
        {
            var number = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw new FormatException("is not a whole number");
            Within(option, number, from, to, "");
            return s => set(s, number);
        });

    public static PictureSetting Number(string option, string value, string help, double from, double to, string unit, Func<PictureSettings, double, PictureSettings> set) =>
        new(option, value, help, text =>
        {
            var number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : throw new FormatException("is not a number");
            Within(option, number, from, to, unit);
            return s => set(s, number);
        });

    public static PictureSetting Word(Vocabulary words, string help, Func<PictureSettings, string, PictureSettings> set) =>
        new(words.Setting, "WORD", $"{help[..^1]}: {words.Choice}.", text => words.All.Contains(text) ? s => set(s, text) : throw new FormatException($"is not {words.Choice}"));

    public static PictureSetting Numbers(
        string option, string value, string help, double from, double to, Func<PictureSettings, double[], PictureSettings> set) =>
        new(option, value, help, text =>
        {
            var separator = value.Contains(':', StringComparison.Ordinal) ? ':' : ',';
            var parts = text.Split(separator);
            var numbers = new double[parts.Length];
            for (var i = 0; i < parts.Length; i++)
                if (parts.Length != value.Split(separator).Length || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                    throw new FormatException($"is not {value}");
            foreach (var number in numbers)
                Within(option, number, from, to, "");
            return s => set(s, numbers);
        });

    private static void Within(string option, double number, double from, double to, string unit)
    {
        if (!(number >= from && number <= to))
            throw new SettingException($"{option} {ProgramArguments.Text(number)} is outside {ProgramArguments.Text(from)} to {ProgramArguments.Text(to)}{unit}.");
    }
}
