using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PiStereoLink.Tests.Setup.Workstation;

/// <summary>The units of deploy/ as systemd's own tools see them; a unit is never started.</summary>
public partial class UnitTests
{
    [Theory]
    [InlineData("workstation/pistereolink-receiver.service", "")]
    [InlineData("workstation/pistereolink-receiver-user.service", "--user")]
    [InlineData("raspberrypi/pistereolink-agent.service", "")]
    public async Task Systemd_finds_nothing_to_say_about_a_unit(string unit, string manager)
    {
        Tool.FindInstalled("systemd-analyze");
        var folder = Directory.CreateTempSubdirectory("psl-unit-");
        try
        {
            // verify looks for the program, and for the file of settings, at their places; here are neither.
            var copy = Path.Combine(folder.FullName, Path.GetFileName(unit));
            File.WriteAllText(copy, Program.Replace(await File.ReadAllTextAsync(Deployed(unit), TestContext.Current.CancellationToken), $"ExecStart={Tool.FindInstalled("true")}"));
            var outcome = await Tool.RunInstalledAsync("env", [$"XDG_RUNTIME_DIR={folder.FullName}", "systemd-analyze", .. manager.Length > 0 ? [manager] : Array.Empty<string>(), "verify", "--man=no", copy]);
            Assert.True(outcome.ExitCode == 0 && outcome.Errors.Length == 0, outcome.Errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("workstation/pistereolink-receiver.service")]
    public async Task A_unit_is_exposed_less_than_3(string unit)
    {
        var outcome = await Tool.RunInstalledAsync("systemd-analyze", "security", "--offline=true", "--threshold=29", Deployed(unit));
        Assert.True(outcome.ExitCode == 0, outcome.Output.TrimEnd('\n').Split('\n')[^1] + outcome.Errors);
    }

    [Fact]
    public void The_announcement_names_the_receivers_own_ports()
    {
        var service = XDocument.Parse(Regex.Replace(File.ReadAllText(Deployed("workstation/pistereolink.avahi.service")), "<!DOCTYPE.*?>", "")).Descendants("service").Single();
        var receiver = new PiStereoLink.Receiver.ReceiverSettings();
        Assert.Equal("_pistereolink._tcp", service.Element("type")!.Value);
        Assert.EndsWith($":{service.Element("port")!.Value}", receiver.Listen, StringComparison.Ordinal);
        Assert.Equal([$"plain={service.Element("port")!.Value}", "tls=8443"], service.Elements("txt-record").Select(record => record.Value));
    }

    private static string Deployed(string name)
    {
        Assert.SkipWhen(Repository.Root is null, "these tests do not run inside the repository");
        return Path.Combine(Repository.Root!, "deploy", name);
    }

    [GeneratedRegex("^ExecStart=[^ \n]+", RegexOptions.Multiline)]
    private static partial Regex Program { get; }
}
