using System.CommandLine;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary><c>agent doctor</c>: everything that pictures depend on, looked at once.</summary>
internal static class DoctorCommand
{
    private const string Help = """
        Look at everything that pictures depend on: board, power, system, camera programs, cameras, permissions, disk, the card's wear, clock, Wi-Fi, receiver.

        Nothing is changed, and nothing is sent to the receiver. The exit code is 1 when something does not work. Each line says ok, warning,
        fail, or unknown where it cannot be seen, and what to do.

        Example: agent doctor --to 192.168.1.20:8000
        Example: as the service sees it
          sudo agent doctor --state /var/lib/pistereolink
        """;

    private static readonly Option<string> To = new("--to") { HelpName = "HOST:PORT", Description = $"The receiver; port {ReceiverAddress.DefaultPort} unless given, and {PinnedTls.DefaultPort} where this Pi is paired. Default: as the agent's settings or its pairing have it." };
    private static readonly Option<string> State = new("--state") { HelpName = "DIR", Description = "The agent's state folder." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON array." };

    public static Command Create()
    {
        var command = new Command("doctor", Help) { To, State, Json };
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(stopping => RunAsync(parsed, stopping), "Stopped."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var configuration = AgentFeature.Configuration();
        var settings = configuration.GetSection(AgentOptions.Section);
        var state = parsed.GetValue(State) ?? settings["State"] ?? StateFolder.DefaultPath;
        var findings = await Doctor.LookAsync(new Machine(), parsed.GetValue(To) ?? settings["To"], Path.GetFullPath(state), SpoolPlan.Of(Options(parsed, configuration)), stopping);
        Console.Out.Write(parsed.GetValue(Json) ? DoctorReport.ToJson(findings) + "\n" : DoctorReport.ToTable(findings));
        return findings.Any(found => found.Finding.Verdict == Verdict.Fail) ? CommandLine.Failed : CommandLine.Done;
    }

    /// <summary>What <c>agent run</c> would take from the file and the environment.</summary>
    private static AgentOptions Options(ParseResult parsed, IConfiguration configuration)
    {
        var options = new AgentOptions();
        configuration.GetSection(AgentOptions.Section).Bind(options);
        options.Pictures = AgentSettings.Pictures.Read(parsed, configuration, options.Mode == AgentOptions.TimelapseMode ? PictureSettings.Still : null);
        return options;
    }
}
