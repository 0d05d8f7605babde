using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Documentation;

/// <summary>The Markdown pages of this repository.</summary>
internal static partial class Pages
{
    private static readonly string[] NotOurs = ["artifacts", "artifacts-card", "bin", "obj", "node_modules", ".git"];

    public static IEnumerable<string> All => Repository.Root is { } root ? Within(root).Order(StringComparer.Ordinal) : [];

    public static string Named(string path) => Path.GetRelativePath(Repository.Root!, path);

    /// <summary>The lines of its blocks that are marked <c>sh</c>, a line that ends with a backslash joined to the next.</summary>
    public static IEnumerable<string> ShellLines(string page) => ShellBlock.Matches(File.ReadAllText(page))
        .SelectMany(block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Within(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(Within));

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock { get; }
}
