using System.Text.RegularExpressions;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Configuration;

/// <summary>docs/configuration.md against the built agent: its command lines run, and its options are those of the help.</summary>
public partial class CommandTests
{
    private const string Takes = """
        set -- $arguments
        while [ $# -gt 0 ]; do
          case "$1" in -o) output="$2" ;; esac
          shift
        done
        [ "$output" = - ] || cat "$here/picture.jpg" > "$output"

        """;

    public static TheoryData<string> Commands => [.. ConfigurationTable.Rows.Where(row => row.IsCommand && row.RpicamGets.Length > 0).Select(row => row.Ours)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_line_gives_each_program_what_the_table_says(string ours)
    {
        var row = Assert.Single(ConfigurationTable.Rows, row => row.Ours == ours);
        foreach (var (suite, told) in new[] { ("rpicam-{0} libcamera-{0}", row.RpicamGets), ("raspi{0}", row.RaspiGets) })
            foreach (var program in suite.Split(' ').Select(name => string.Format(null, name, row.Example[1] == "record" ? "vid" : "still")))
            {
                using var folder = new CameraFolder();
                folder.Picture("picture.jpg", Pictures.Skeleton());
                // What films without compression stands beside raspivid.
                foreach (var name in program == "raspivid" ? [program, "raspividyuv"] : (string[])[program])
                    folder.Program(name, "case $arguments in --list-cameras|--version|--help) exit 0 ;; esac\n" + CameraFolder.Write("called", "$arguments") + Takes);
                await using var agent = AgentProcess.Start(folder.SearchPath, row.Example[1..].Select(word => word.Contains('.', StringComparison.Ordinal) ? Path.Combine(folder.Root, word) : word));
                var called = $" {PathInFront().Replace(await folder.FileAsync("called"), "")} ";
                Assert.Contains($" {told.Trim('`')} ", called, StringComparison.Ordinal);
            }
    }

    [Fact]
    public async Task Every_option_in_a_command_line_is_one_of_its_verb()
    {
        var help = new Dictionary<string, string[]>();
        foreach (var row in ConfigurationTable.Rows.Where(row => row.IsCommand))
        {
            var verb = row.Example[1];
            if (!help.TryGetValue(verb, out var options))
                help[verb] = options = await OptionsAsync(verb);
            Assert.All(row.Example.Where(word => word.StartsWith('-')), word => Assert.Contains(word, options));
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("capture")]
    [InlineData("timelapse")]
    public async Task Every_option_of_a_verb_is_documented_and_every_documented_one_is_there(string verb)
    {
        var pictures = (verb == "run" ? PiStereoLink.Agent.PictureSettingTable.Video : PiStereoLink.Agent.PictureSettingTable.Still).Select(setting => setting.Option);
        var documented = verb == "run"
            ? ConfigurationTable.Cells("| Setting | Option | Default |").Select(cells => cells[1])
            : ConfigurationTable.Cells("| Option | Verbs |").Where(cells => cells[1].Split(", ").Contains(verb)).Select(cells => cells[0]);
        var options = (await OptionsAsync(verb)).Where(option => option.StartsWith("--", StringComparison.Ordinal) && option is not "--help");
        Assert.Equal(documented.Select(option => option.Trim('`')).Concat(pictures).Order(StringComparer.Ordinal), options.Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> OptionsAsync(string verb)
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, [verb, "--help"]);
        var (exitCode, help) = await agent.EndsAsync();
        Assert.True(exitCode == 0, agent.Said);
        var options = help[help.IndexOf("Options:", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal));
        return [.. options.SelectMany(line => OptionInHelp().Matches(line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[0]).Select(match => match.Value)).Distinct()];
    }

    [GeneratedRegex(@"(?<=^|\s)--?[a-z?][a-z-]*", RegexOptions.IgnoreCase)]
    private static partial Regex OptionInHelp();

    [GeneratedRegex(@"(?<= )/\S*/")]
    private static partial Regex PathInFront();
}
