using System.CommandLine;
using System.Globalization;
using PiStereoLink.Receiver.Setup.Card;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary><c>./pistereolink find</c>: which Raspberry Pis are on this network.</summary>
internal sealed class FindCommand : Command
{
    private const string Usual = "raspberrypi";

    private readonly Option<string[]> name = new("--name") { Description = $"A name to ask for, as given to sdcard --hostname; may be given several times. {Usual} is always asked for.", HelpName = "NAME" };
    private readonly Option<double> seconds = new("--seconds") { Description = "How long to listen for answers.", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public FindCommand()
        : base("find", """
            Find Raspberry Pis on this network: by their names (multicast DNS), and by the hardware addresses of those that this machine has spoken with. No address is probed.

            Example:
              ./pistereolink find --name garden-left
            """)
    {
        Options.Add(name);
        Options.Add(seconds);
        Options.Add(json);
        SetAction(FindAsync);
    }

    private async Task<int> FindAsync(ParseResult parsed, CancellationToken stopping)
    {
        var wait = parsed.GetValue(seconds);
        if (wait is not (>= 0.5 and <= 60))
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--seconds {wait}: 0.5 to 60 seconds are allowed."));
        string[] names = [.. (parsed.GetValue(name) ?? []).Append(Usual).Select(FullName).Distinct(StringComparer.OrdinalIgnoreCase)];
        var (found, neighbours) = await PiSearch.RunAsync(names, TimeSpan.FromSeconds(wait), stopping);
        var report = new FindReport(found, names, neighbours, KnownHosts.OfThisUser());
        report.Tell(parsed.GetValue(json) ? Console.Error : Console.Out);
        if (parsed.GetValue(json))
            Console.WriteLine(report.Json().ToJsonString());
        return found.Count > 0 ? 0 : 1;
    }

    private static string FullName(string text)
    {
        var host = text.TrimEnd('.');
        host = host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) ? host[..^".local".Length] : host;
        try
        {
            return $"{CardChecks.Hostname(host)}.local";
        }
        catch (FormatException)
        {
            throw new FormatException($"--name {text}: a host name of letters, digits and hyphens is allowed, with or without .local.");
        }
    }
}
