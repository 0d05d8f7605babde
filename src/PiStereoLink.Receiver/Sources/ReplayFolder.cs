using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A picture that was kept.</summary>
/// <param name="CapturedAt">When it was taken, if its name is one of the store's; null otherwise.</param>
public sealed record ReplayPicture(string File, DateTime? CapturedAt);

/// <summary>The pictures of two eyes: of the store, or others. DIR/left and DIR/right, or leftNN and rightNN in one folder, or a folder for each eye.</summary>
public static partial class ReplayFolder
{
    private const string Allowed = "replay: takes a folder with the folders left and right in it, or with pictures leftNN and rightNN, or one for each eye (replay:DIR,replay:DIR).";

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".pgm", ".ppm", ".pnm"];

    /// <summary>Each in the order of their names, folders of days included.</summary>
    /// <exception cref="IOException">There is no such folder, or no picture of an eye in it.</exception>
    public static (IReadOnlyList<ReplayPicture> Left, IReadOnlyList<ReplayPicture> Right) Read(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw new DirectoryNotFoundException($"There is no folder {missing}. {Allowed}");
        var (one, prefixes) = (folders[0], new[] { "left", "right" });
        var (left, right) = folders is [_, var other] ? (Pictures(one, ""), Pictures(other, ""))
            : prefixes.All(eye => Directory.Exists(Path.Combine(one, eye))) ? (Pictures(Path.Combine(one, "left"), ""), Pictures(Path.Combine(one, "right"), ""))
            : (Pictures(one, "left", SearchOption.TopDirectoryOnly), Pictures(one, "right", SearchOption.TopDirectoryOnly));
        return left.Count > 0 && right.Count > 0 ? (left, right) : throw new FileNotFoundException(
            $"{string.Join(" and ", folders)}: {left.Count} left and {right.Count} right pictures ({string.Join(", ", Endings)}), so no pairs. {Allowed}");
    }

    private static List<ReplayPicture> Pictures(string folder, string prefix, SearchOption depth = SearchOption.AllDirectories) =>
        [.. Directory.EnumerateFiles(folder, "*", depth)
            .Where(file => Path.GetFileName(file) is var name && !name.StartsWith('.') && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).Select(file => new ReplayPicture(file, TimeOf(file)))];

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
