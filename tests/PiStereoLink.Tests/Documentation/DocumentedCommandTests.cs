using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Documentation;

/// <summary>
/// Every command line of ours in the pages is one that the programs understand. Each is given to its program with one option more that
/// does not exist: then nothing is done, and that option must be the only thing that is complained of.
/// </summary>
public partial class DocumentedCommandTests
{
    private const string Unknown = "--no-such-option";

    public static IEnumerable<TheoryDataRow<string, string>> Lines() => Pages.All
        .SelectMany(page => Pages.ShellLines(page).Where(line => Ours.IsMatch(line)).Select(line => new TheoryDataRow<string, string>(Pages.Named(page), line)))
        .DistinctBy(row => row.Data.Item2);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_documented_command_is_understood(string page, string line)
    {
        var (name, rest) = (Ours.Match(line).Groups["name"].Value, Ours.Match(line).Groups["rest"].Value);
        var program = Programs.Path(name == "agent" ? "PiStereoLink.Agent" : "PiStereoLink.Receiver");
        var words = name is "agent" or "receiver" ? rest : $"setup {name} {rest}";
        var outcome = await Tool.RunAsync("/bin/sh", "-c", $"exec '{program}' {words} {Unknown}");
        Assert.True(outcome.ExitCode == 2 && outcome.Errors.Contains($"'{Unknown}'", StringComparison.Ordinal), $"{page}: {line}\nis answered {outcome.ExitCode}: {outcome.Errors}");
    }

    [Fact]
    public void There_are_such_lines() => Assert.True(Lines().Count() > 50);

    /// <summary>What stands behind a comment sign, a pipe or a redirection is not part of it; settings in front of it are.</summary>
    [GeneratedRegex(@"^(?:[A-Z_a-z0-9]+=\S+ )*(?:sudo )?(?:\./pistereolink )?(?<name>agent|receiver|sdcard|find|ssh-setup|deploy|undeploy|upgrade|logs|status)\b(?<rest>[^#|>&]*)")]
    private static partial Regex Ours { get; }
}
