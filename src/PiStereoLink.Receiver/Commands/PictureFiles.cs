namespace PiStereoLink.Receiver.Commands;

/// <summary>The files that a pattern names, in the order of the numbers in their names.</summary>
internal static class PictureFiles
{
    private static readonly string[] Kinds = [".jpg", ".jpeg", ".png", ".pgm", ".ppm", ".pnm"];

    /// <summary>Expands patterns (* and ?, in any part of the path), folders and plain names.</summary>
    /// <exception cref="IOException">A pattern names no picture.</exception>
    public static string[] Expand(string option, IEnumerable<string> patterns) =>
        [.. patterns.SelectMany(pattern => Matches(option, pattern)).Distinct().Order(StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering))];

    private static string[] Matches(string option, string pattern)
    {
        string[] files = File.Exists(pattern) ? [pattern]
            : Directory.Exists(pattern) ? [.. Directory.EnumerateFiles(pattern).Where(IsPicture)]
            : [.. Folders(Path.GetDirectoryName(pattern) ?? "").SelectMany(folder => Find(folder, Path.GetFileName(pattern)))];
        return files.Length > 0 ? files : throw new FileNotFoundException(
            $"{option} {pattern}: there is no such picture. Give a folder, or a pattern in quotes, as {option} 'pictures/left*.jpg'.");
    }

    private static IEnumerable<string> Find(string folder, string name) =>
        name.Length == 0 || !Directory.Exists(folder.Length == 0 ? "." : folder)
            ? []
            : Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, name).Where(IsPicture).Select(file => folder.Length == 0 ? Path.GetFileName(file) : file);

    private static IEnumerable<string> Folders(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            return [pattern];
        var parents = Folders(Path.GetDirectoryName(pattern) ?? "");
        return parents.Where(parent => parent.Length == 0 || Directory.Exists(parent))
            .SelectMany(parent => Directory.EnumerateDirectories(parent.Length == 0 ? "." : parent, Path.GetFileName(pattern)));
    }

    private static bool IsPicture(string file) => Kinds.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
}
