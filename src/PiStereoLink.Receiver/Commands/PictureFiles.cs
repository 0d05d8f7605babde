namespace PiStereoLink.Receiver.Commands;

/// <summary>Files that a user names one by one or by a pattern in quotes, as <c>left/*.jpg</c>.</summary>
internal static class PictureFiles
{
    /// <returns>A pattern's files in the order of their names.</returns>
    /// <exception cref="FileNotFoundException">A pattern finds nothing.</exception>
    public static List<string> Find(IEnumerable<string> names, string option) => [.. names.SelectMany(name => Find(name, option))];

    private static IEnumerable<string> Find(string name, string option)
    {
        var pattern = Path.GetFileName(name);
        if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains('?', StringComparison.Ordinal))
            return [name];
        var folder = Path.GetDirectoryName(name) is { Length: > 0 } given ? given : ".";
        var found = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        return found.Length > 0
            ? found.Order(StringComparer.Ordinal)
            : throw new FileNotFoundException($"{option} is {name}, and no file has such a name; give files, or a pattern in quotes that finds some.");
    }
}
