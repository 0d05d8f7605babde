using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>The agent's unit, as systemd's own tools see it.</summary>
public sealed partial class UnitTests
{
    [Fact]
    public async Task Its_exposure_is_under_3()
    {
        var outcome = await Tool.RunInstalledAsync("systemd-analyze", "security", "--offline=true", "--no-pager", Path.Combine(Repository.Root!, "deploy", "raspberrypi", "pistereolink-agent.service"));
        Assert.SkipWhen(outcome.Errors.Contains("unrecognized option", StringComparison.Ordinal), "This systemd-analyze knows no --offline.");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        var exposure = double.Parse(Exposure().Match(outcome.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0.1, 2.9);
    }

    [Fact]
    public async Task Nothing_in_it_is_unknown_to_systemd()
    {
        // Here the agent is not installed: another program stands for it.
        var folder = Directory.CreateTempSubdirectory("pistereolink-unit-");
        try
        {
            var unit = Path.Combine(folder.FullName, "pistereolink-agent.service");
            var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root!, "deploy", "raspberrypi", "pistereolink-agent.service"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(unit, text.Replace("/opt/pistereolink/agent/PiStereoLink.Agent", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var outcome = await Tool.RunInstalledAsync("systemd-analyze", "verify", unit);
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>setpriv's capset was one: without it no camera program starts.</summary>
    [Fact]
    public async Task The_agent_and_what_it_starts_call_nothing_that_the_unit_forbids()
    {
        var (strace, folder) = (Tool.FindInstalled("strace"), Directory.CreateTempSubdirectory("pistereolink-trace-"));
        try
        {
            var trace = Path.Combine(folder.FullName, "trace");
            string[] under = ["-f", "-qq", "-e", "signal=none", "-A", "-o", trace, Programs.Path("PiStereoLink.Agent")];
            var outcome = await Tool.RunAsync(strace, [.. under, "run", "--to", "127.0.0.1:9", "--camera", "sim:left", "--state", folder.FullName, "--seconds", "3", "--drain", "1"]);
            Assert.SkipWhen(outcome.Errors.Contains("not permitted", StringComparison.Ordinal), "Tracing is not allowed here.");
            // It ends with the picture, however slow the machine is.
            outcome = await Tool.RunAsync(strace, [.. under, "capture", "--camera", "sim:left", "-o", Path.Combine(folder.FullName, "picture.jpg")]);
            Assert.True(outcome.ExitCode == 0, outcome.Errors);
            var called = (await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken)).Select(line => Call().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToHashSet();
            Assert.Contains("capset", called);
            Assert.Empty(called.Except(await AllowedAsync()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The unit's lines in turn, as systemd reads them: a list that is allowed, what is taken off it, what is added.</summary>
    private static async Task<HashSet<string>> AllowedAsync()
    {
        var allowed = new HashSet<string>();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Repository.Root!, "deploy", "raspberrypi", "pistereolink-agent.service"), TestContext.Current.CancellationToken))
            if (line.Split("SystemCallFilter=") is ["", var words])
                foreach (var word in words.TrimStart('~').Split(' '))
                    if (words.StartsWith('~'))
                        allowed.ExceptWith(await CallsAsync(word));
                    else
                        allowed.UnionWith(await CallsAsync(word));
        return allowed;
    }

    private static async Task<HashSet<string>> CallsAsync(string word)
    {
        if (!word.StartsWith('@'))
            return [word];
        var calls = new HashSet<string>();
        var listed = await Tool.RunInstalledAsync("systemd-analyze", "--no-pager", "syscall-filter", word);
        foreach (var line in listed.Output.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')))
            calls.UnionWith(await CallsAsync(line));
        return calls;
    }

    [GeneratedRegex(@"^\d+ +([a-z0-9_]+)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"Overall exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Exposure();
}
