using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>The number in a file's name.</summary>
internal static partial class FileNames
{
    /// <summary>Puts a number where the pattern has %d, %4d or %04d, as C's printf does.</summary>
    public static string Numbered(string pattern, long number) => Place().Replace(pattern, place =>
    {
        if (place.Value == "%%")
            return "%";
        var width = place.Groups[2].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        return number.ToString(CultureInfo.InvariantCulture).PadLeft(width, place.Groups[1].Value == "0" ? '0' : ' ');
    });

    [GeneratedRegex("%%|%(0?)([0-9]*)d")]
    private static partial Regex Place();
}
