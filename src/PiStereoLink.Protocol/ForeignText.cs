using System.Globalization;
using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>Text that somebody else chose, made fit for a line of a log: it stays one line, does nothing to a terminal, and is short.</summary>
public static class ForeignText
{
    /// <summary>So many characters are shown; what is cut off is told by its length.</summary>
    public const int MaxCharacters = 160;

    /// <summary>
    /// Every character that is not seen where it stands (control characters, line ends, marks that turn the direction of writing, spaces of
    /// no width) as <c>\u{1b}</c>; a backslash as two.
    /// </summary>
    public static string Shown(string? text)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (count++ == MaxCharacters)
                return shown.Append(CultureInfo.InvariantCulture, $"... ({text!.Length} characters)").ToString();
            if (rune.Value == '\\')
                shown.Append(@"\\");
            else if (IsSeen(rune))
                shown.Append(rune.ToString());
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
        return shown.ToString();
    }

    private static bool IsSeen(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
