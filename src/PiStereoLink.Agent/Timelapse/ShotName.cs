using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PiStereoLink.Agent;

/// <summary>
/// What the files of a timelapse are called: text with <c>%04d</c> or <c>{counter:03d}</c> for the shot's number and
/// <c>{timestamp:%Y-%m-%d-%H-%M}</c> for its local time, as raspistill and picamera write them.
/// </summary>
public sealed partial class ShotName
{
    private readonly string template;

    /// <exception cref="FormatException">The template cannot tell two shots apart, or holds a part that nobody knows.</exception>
    public ShotName(string template)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        this.template = template;
        var fields = Field().Matches(template);
        if (fields.Count == 0)
            throw new FormatException($"'{template}' names one file for every shot: put %04d, {{counter:03d}} or {{timestamp:%Y-%m-%d-%H-%M-%S}} into it.");
        var rest = Field().Replace(template, "").Replace("%%", "", StringComparison.Ordinal);
        if (rest.IndexOfAny(['%', '{', '}']) is >= 0 and var at)
            throw new FormatException($"'{template}' holds '{rest[at..]}', which is no part of a name: %04d, {{counter}}, {{counter:03d}} and {{timestamp:%Y-%m-%d-%H-%M-%S}} are.");
        foreach (Match field in fields)
            if (field.Groups["time"].Success)
                Time(field.Groups["time"].Value, DateTime.UnixEpoch);
    }

    /// <summary>The path of one shot.</summary>
    /// <param name="counter">Its number.</param>
    /// <param name="local">Its local time.</param>
    public string Of(long counter, DateTime local) => Field().Replace(template, part => part.Groups["time"].Success
        ? Time(part.Groups["time"].Value, local)
        : counter.ToString($"D{(part.Groups["width"].Value is { Length: > 0 } width ? int.Parse(width, CultureInfo.InvariantCulture) : 1)}", CultureInfo.InvariantCulture))
        .Replace("%%", "%", StringComparison.Ordinal);

    /// <summary>A path that no file has yet: the name itself, else with -2, -3, … before its extension. A clock that was set back repeats names.</summary>
    public static string Free(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var extension = Path.GetExtension(path);
        var stem = path[..^extension.Length];
        var free = path;
        for (var n = 2; File.Exists(free); n++)
            free = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}{extension}");
        return free;
    }

    /// <summary>The files of an earlier run under a folder, oldest first, with their numbers where the name has one.</summary>
    public IEnumerable<(string Path, long? Counter)> Earlier(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var shape = new Regex("^" + Shape() + "$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Match: shape.Match(Path.GetRelativePath(folder, path))))
            .Where(file => file.Match.Success)
            .Select(file => (file.Path, file.Match.Groups["n"] is { Success: true, Value: var n } ? long.Parse(n, CultureInfo.InvariantCulture) : (long?)null))
            .OrderBy(file => File.GetLastWriteTimeUtc(file.Path));
    }

    /// <summary>What a name made by this template looks like.</summary>
    private string Shape()
    {
        var shape = new StringBuilder();
        var at = 0;
        var counted = false;
        foreach (Match part in Field().Matches(template))
        {
            shape.Append(Regex.Escape(template[at..part.Index].Replace("%%", "%", StringComparison.Ordinal)));
            var isTime = part.Groups["time"].Success;
            shape.Append(isTime ? "[0-9A-Za-z_.: -]+?" : counted ? "[0-9]{1,18}" : "(?<n>[0-9]{1,18})");
            counted |= !isTime;
            at = part.Index + part.Length;
        }
        return shape.Append(Regex.Escape(template[at..].Replace("%%", "%", StringComparison.Ordinal))).ToString();
    }

    /// <summary>The strftime letters that a name needs.</summary>
    private static string Time(string format, DateTime local)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }
            var letter = ++i < format.Length ? format[i] : ' ';
            text.Append(letter switch
            {
                'Y' => local.ToString("yyyy", CultureInfo.InvariantCulture),
                'y' => local.ToString("yy", CultureInfo.InvariantCulture),
                'm' => local.ToString("MM", CultureInfo.InvariantCulture),
                'd' => local.ToString("dd", CultureInfo.InvariantCulture),
                'H' => local.ToString("HH", CultureInfo.InvariantCulture),
                'M' => local.ToString("mm", CultureInfo.InvariantCulture),
                'S' => local.ToString("ss", CultureInfo.InvariantCulture),
                'f' => local.ToString("ffffff", CultureInfo.InvariantCulture),
                'j' => local.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
                's' => ((DateTimeOffset)local).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                '%' => "%",
                _ => throw new FormatException($"%{letter} in a timestamp is not known: %Y %y %m %d %H %M %S %f %j %s and %% are."),
            });
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\{timestamp:(?<time>[^{}]+)\}|\{counter(:0?(?<width>\d{1,2})d)?\}|(?<!%)%(0?(?<width>\d{1,2}))?d", RegexOptions.ExplicitCapture)]
    private static partial Regex Field();
}
