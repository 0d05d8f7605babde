using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A picture that was kept.</summary>
/// <param name="CapturedAt">When it was taken, if its name is one of the store's; null otherwise.</param>
public sealed record ReplayPicture(string File, DateTime? CapturedAt);

/// <summary>The pictures of one eye: of the store, or numbered ones.</summary>
public static partial class ReplayFolder
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".pgm", ".ppm"];

    /// <summary>In the order of their names, folders of days included.</summary>
    /// <exception cref="IOException">There is no such folder, or no picture in it.</exception>
    public static IReadOnlyList<ReplayPicture> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new IOException($"{folder} is no folder: a replay needs one with left and right in it, or one for each eye (replay:DIR,replay:DIR).");
        List<ReplayPicture> pictures = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal).Select(file => new ReplayPicture(file, TimeOf(file)))];
        return pictures.Count > 0 ? pictures : throw new IOException($"{folder} has no pictures: {string.Join(' ', Endings)} are replayed.");
    }

    /// <summary>2026-11-21/084512.123456Z-…: the store's name of a frame.</summary>
    private static DateTime? TimeOf(string file)
    {
        var time = StoredTime.Match(file);
        return time.Success && DateTime.TryParseExact(time.Groups[1].Value + time.Groups[2].Value, "yyyy-MM-ddHHmmss.ffffff",
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc) ? utc : null;
    }

    [GeneratedRegex(@"([0-9]{4}-[0-9]{2}-[0-9]{2})[/\\]([0-9]{6}\.[0-9]{6})Z-[^/\\]*\z")]
    private static partial Regex StoredTime { get; }
}
