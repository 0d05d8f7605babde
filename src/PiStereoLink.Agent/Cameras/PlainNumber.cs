namespace PiStereoLink.Agent;

/// <summary>
/// Reads numbers such as <c>1.122807</c>, as camera programs write them. The general parser must be ready for any number; in a thread that wakes
/// thirty times a second its code and tables come into the processor's caches anew each time, and that takes longer than the parsing.
/// </summary>
public static class PlainNumber
{
    /// <summary>A double holds all whole numbers of so many digits, and ten to that power, so that one division is rounded once: exact.</summary>
    private const int MostDigits = 15;

    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>False when it is anything but up to 15 digits with at most one point among them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var point = text.IndexOf((byte)'.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var digits = text.Length - (point < 0 ? 0 : 1);
        if (digits is 0 or > MostDigits)
            return false;
        long whole = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i == point)
                continue;
            if (!char.IsAsciiDigit((char)text[i]))
                return false;
            whole = 10 * whole + text[i] - '0';
        }
        number = whole / PowersOfTen[decimals];
        return true;
    }
}
