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

    [GeneratedRegex(@"Overall exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Exposure();
}
