using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Bits a second as people write them: <c>17M</c>, <c>800k</c>, <c>4000000</c>.</summary>
internal static class BitRate
{
    /// <summary>Below it there is no picture to see; above it no camera of a Pi has anything to say.</summary>
    private const long Least = 10_000, Most = 200_000_000;

    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public static long Parse(string option, string text)
    {
        var unit = text.Length > 0 ? text[^1] switch { 'M' => 1e6, 'k' or 'K' => 1e3, _ => 1 } : 1;
        var number = unit > 1 ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bits) && bits * unit is >= Least and <= Most
            ? (long)Math.Round(bits * unit)
            : throw new SettingException($"{option} '{text}' is no rate from {Text(Least)} to {Text(Most)} bits a second: 17M is one, or 800k.");
    }

    public static string Text(long bits) => bits >= 1_000_000 ? $"{ProgramArguments.Text(bits / 1e6)}M" : $"{ProgramArguments.Text(bits / 1e3)}k";
}
