using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Agent;

/// <summary>
/// What raspistill -set says on stderr whenever the firmware changes the exposure:
/// <c>mmal: Exposure now 19987, analog gain 512/256, digital gain 256/256</c> and <c>mmal: AWB R=486/256, B=410/256</c>.
/// </summary>
internal static partial class RaspiSettings
{
    /// <summary>The newest of them, as metadata; null when there is none.</summary>
    public static CameraMetadata? Read(IReadOnlyList<string> lines)
    {
        var exposure = Newest(lines, Exposure());
        var balance = Newest(lines, Balance());
        if (exposure is null && balance is null)
            return null;
        return new()
        {
            ExposureMicroseconds = Whole(exposure?.Groups["us"]),
            AnalogueGain = Fraction(exposure, "a"),
            DigitalGain = Fraction(exposure, "d"),
            ColourGains = Fraction(balance, "r") is { } red && Fraction(balance, "b") is { } blue ? new(red, blue) : null,
        };
    }

    private static Match? Newest(IReadOnlyList<string> lines, Regex shape) => lines.Select(line => shape.Match(line)).LastOrDefault(match => match.Success);

    private static double? Whole(Group? digits) =>
        digits is { Success: true } && double.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static double? Fraction(Match? match, string name) =>
        Whole(match?.Groups[name]) is { } over && Whole(match?.Groups[name + "_"]) is { } under ? Math.Round(over / under, 6) : null;

    [GeneratedRegex(@"Exposure now (?<us>\d+), analog gain (?<a>\d+)/(?<a_>\d+), digital gain (?<d>\d+)/(?<d_>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Exposure();

    [GeneratedRegex(@"AWB R=(?<r>\d+)/(?<r_>\d+), B=(?<b>\d+)/(?<b_>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Balance();
}
