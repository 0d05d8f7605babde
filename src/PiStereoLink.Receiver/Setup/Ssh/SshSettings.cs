using System.Globalization;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>What ssh on this machine makes of a destination, from ~/.ssh/config and its other settings: <c>ssh -G</c>.</summary>
internal sealed class SshSettings
{
    private readonly ILookup<string, string> values;

    private SshSettings(string printed) => values = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2)).Where(words => words.Length == 2).ToLookup(words => words[0], words => words[1], StringComparer.Ordinal);

    public string User => One("user");

    /// <summary>Name or address; in ~/.ssh/config the destination may stand for another one.</summary>
    public string HostName => One("hostname");

    public int Port => int.Parse(One("port"), CultureInfo.InvariantCulture);

    /// <summary>Whether the way there leads through another machine or program, so that nobody else than ssh can go it.</summary>
    public bool IsIndirect => IsSet("proxyjump") || IsSet("proxycommand");

    /// <summary>As the host stands in known_hosts.</summary>
    public string KnownName => IsSet("hostkeyalias") ? One("hostkeyalias") : Port == 22 ? HostName : $"[{HostName}]:{Port}";

    /// <summary>Where host keys are looked up; the first is where new ones go.</summary>
    public IEnumerable<string> KnownHosts => values["userknownhostsfile"].Concat(values["globalknownhostsfile"]).SelectMany(files => files.Split(' ')).Select(SshFolder.Expand);

    public bool UsesKey(string file) => One("identitiesonly") == "yes" && values["identityfile"].Any(used => SshFolder.Expand(used) == file);

    public static async Task<SshSettings> OfAsync(SshTarget target, CancellationToken cancellation)
    {
        string[] port = target.Port is { } given ? ["-p", $"{given}"] : [];
        var answer = await SshProcess.RunAsync("ssh", [.. port, "-G", "--", target.Destination], null, cancellation);
        return answer.Done ? new(answer.Output) : throw new SshException(SshFault.Other, $"ssh does not understand its settings: {answer.LastWords}. Correct {SshFolder.Config} and run this again.");
    }

    private string One(string name) => values[name].FirstOrDefault() ?? "";

    private bool IsSet(string name) => One(name) is not ("" or "none");
}
