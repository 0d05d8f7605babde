using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Documentation;

/// <summary>What a page links to within this repository is there: the file, and in it the heading.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Named => [.. Pages.All.Select(Pages.Named)];

    [Theory]
    [MemberData(nameof(Named))]
    public void Its_links_lead_somewhere(string page)
    {
        var path = Path.Combine(Repository.Root!, page);
        foreach (Match link in Link.Matches(File.ReadAllText(path)))
        {
            var (file, heading) = (link.Groups["file"].Value, link.Groups["heading"].Value);
            var target = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
            Assert.True(Path.Exists(target), $"{page} links to {file}, which is not there.");
            Assert.True(heading.Length == 0 || Anchors(target).Contains(heading), $"{page} links to #{heading}, and {Pages.Named(target)} has no such heading.");
        }
    }

    /// <summary>As the pages' host makes them: lower case, without signs, spaces as hyphens.</summary>
    private static HashSet<string> Anchors(string page) => [.. Heading.Matches(File.ReadAllText(page)).Select(heading =>
        NoAnchor.Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?<file>[^)#:]*)(?:#(?<heading>[^)]*))?\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor { get; }
}
