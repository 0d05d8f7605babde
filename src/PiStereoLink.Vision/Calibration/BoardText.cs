using System.Globalization;

namespace PiStereoLink.Vision;

/// <summary>A board as people write it: 9x6 inner corners, squares of 25mm.</summary>
public static class BoardText
{
    private static readonly (string Unit, double Metres)[] Units = [("mm", 0.001), ("cm", 0.01), ("in", 0.0254), ("m", 1)];

    /// <summary>Reads a board from its two parts.</summary>
    /// <param name="corners">Inner corners, as 9x6: columns, then rows.</param>
    /// <param name="square">The side of a square with its unit: 25mm, 2.5cm, 1in, 0.025m.</param>
    /// <exception cref="FormatException">One of them is none; a sentence says what was expected.</exception>
    public static ChessBoard Parse(string corners, string square)
    {
        ArgumentNullException.ThrowIfNull(corners);
        var sides = corners.Split('x', 'X');
        return sides.Length == 2 && Side(sides[0], out var columns) && Side(sides[1], out var rows)
            ? new ChessBoard(columns, rows, ParseLength(square))
            : throw new FormatException($"'{corners}' is no board; give its inner corners as columns x rows, 3 to 50 of each, as 9x6.");
    }

    /// <summary>Reads a length into metres.</summary>
    /// <exception cref="FormatException">It is none, or outside 0.1 mm to 10 m.</exception>
    public static double ParseLength(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unit = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return unit.Unit is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Unit.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value * unit.Metres is >= 1e-4 and <= 10
                ? value * unit.Metres
                : throw new FormatException($"'{text}' is no length of a square; give a number and its unit, as 25mm, 2.5cm, 1in or 0.025m.");
    }

    private static bool Side(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 3 and <= 50;
}
