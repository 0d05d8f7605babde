using System.Globalization;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>A duration as the camera programs take it since 2023: milliseconds, or a number with its unit.</summary>
internal static class TimeText
{
    public static TimeSpan Parse(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw Invalid();
        return text[digits..] switch
        {
            "" or "ms" => TimeSpan.FromMilliseconds(number),
            "us" => TimeSpan.FromMicroseconds(number),
            "s" or "sec" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            _ => throw Invalid(),
        };

        CameraException Invalid() => new("Invalid time string provided");
    }
}
