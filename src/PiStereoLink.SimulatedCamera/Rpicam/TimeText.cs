using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>A duration as the camera programs take it since 2023: a bare number, or a number with its unit.</summary>
internal static class TimeText
{
    /// <param name="text">What was given.</param>
    /// <param name="bareUnit">The unit of a bare number: ms, or us for a shutter.</param>
    public static TimeSpan Parse(string text, string bareUnit)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw Invalid();
        var unit = text[digits..];
        return (unit.Length == 0 ? bareUnit : unit) switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "us" => TimeSpan.FromMicroseconds(number),
            "s" or "sec" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            _ => throw Invalid(),
        };

        CameraException Invalid() => new("Invalid time string provided");
    }
}
