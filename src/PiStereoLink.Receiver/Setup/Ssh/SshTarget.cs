using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Where to log in, as a user writes it: <c>user@host</c>, <c>host:port</c>, <c>user@[fe80::1%eth0]:port</c>.</summary>
/// <param name="User">Null where ssh's own settings are to say it.</param>
/// <param name="Host">A name, an address, or a name out of ~/.ssh/config.</param>
/// <param name="Port">Null where ssh's own settings are to say it.</param>
public sealed partial record SshTarget(string? User, string Host, int? Port = null)
{
    /// <summary>The private key to log in with, and no other; null leaves it to ssh.</summary>
    public string? Identity { get; init; }

    /// <exception cref="FormatException">It is no destination.</exception>
    public static SshTarget Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            throw new FormatException($"\"{text}\" is no destination for ssh. Write USER@HOST or USER@HOST:PORT, such as pi@raspberrypi.local.");
        var port = match.Groups["port"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : (int?)null;
        if (port is 0 or > 65535)
            throw new FormatException($"Port {port} in \"{text}\" is outside 1..65535.");
        return new(match.Groups["user"] is { Success: true, Value: var user } ? user : null, match.Groups["host"].Value, port);
    }

    /// <summary>As ssh takes it in front of a command; the port is an option there.</summary>
    public string Destination => User is null ? Host : $"{User}@{Host}";

    public override string ToString() => Port is null ? Destination : $"{Destination}, port {Port}";

    // Neither may begin with a hyphen: ssh would take it as an option.
    [GeneratedRegex(@"^((?<user>[A-Za-z0-9_.][A-Za-z0-9_.-]*)@)?(\[(?<host>[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?)\]|(?<host>[A-Za-z0-9_.][A-Za-z0-9_.-]*))(:(?<port>[0-9]{1,5}))?$")]
    private static partial Regex Pattern();
}
