using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>A part of each day, such as <c>07:00-19:30</c>; <c>22:00-04:00</c> runs over midnight. The end is outside.</summary>
public readonly record struct DayWindow(TimeOnly Start, TimeOnly End)
{
    public bool Contains(TimeOnly time) => time.IsBetween(Start, End);

    /// <summary>True when one of the windows contains the time, or there is none.</summary>
    public static bool Allow(IReadOnlyList<DayWindow> windows, TimeOnly time)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows.Count == 0 || windows.Any(window => window.Contains(time));
    }

    /// <exception cref="FormatException">The text is no window; the message says what was allowed.</exception>
    public static DayWindow Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('-');
        if (parts.Length == 2 && TryParse(parts[0], out var start) && TryParse(parts[1], out var end) && start != end)
            return new DayWindow(start, end);
        throw new FormatException($"'{text}' is no part of a day: HH:MM-HH:MM is, such as 07:00-19:30, or 22:00-04:00 over midnight.");
    }

    private static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
