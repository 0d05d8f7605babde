using System.Globalization;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>A length as people write it, with its unit: <c>25mm</c>, <c>2.5cm</c>, <c>0.025m</c>, <c>1in</c>.</summary>
public static class Length
{
    private static readonly (string Unit, double Metres)[] Units = [("mm", 0.001), ("cm", 0.01), ("in", 0.0254), ("m", 1)];

    /// <returns>Metres, above 0.</returns>
    /// <exception cref="FormatException">It is no length; the sentence names the option and says what is one.</exception>
    public static double Parse(string option, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (unit, metres) in Units)
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value * metres is > 0 and <= 100)
                return value * metres;
        throw new FormatException($"{option} '{text}' is no length. Give a number and its unit (mm, cm, m or in), such as 25mm.");
    }
}
