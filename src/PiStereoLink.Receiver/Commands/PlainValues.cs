using System.Globalization;
using OpenCvSharp;

namespace PiStereoLink.Receiver.Commands;

/// <summary>Small values in the text of an option.</summary>
internal static class PlainValues
{
    /// <summary><c>0.2:7.5</c>, metres.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static (double Near, double Far) Range(string text) =>
        text.Split(':') is [var first, var last] && TryNumber(first, out var near) && TryNumber(last, out var far) && near >= 0 && far > near
            ? (near, far)
            : throw new FormatException($"--range is \"{text}\"; two distances in metres, the nearer first, as 0.2:7.5 are allowed.");

    /// <summary><c>x,y,width,height</c>; default for null.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Rect Region(string? text)
    {
        if (text is null)
            return default;
        var numbers = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0, >= 0, > 0, > 0]
            ? new Rect(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new FormatException($"--roi is \"{text}\"; x,y,width,height in px, as 100,80,320,240, is allowed.");
    }

    /// <exception cref="FormatException">It is not within.</exception>
    public static int Within(int value, int least, int most, string option) => value >= least && value <= most
        ? value
        : throw new FormatException($"{option} is {value}; {least} to {most} is allowed.");

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
