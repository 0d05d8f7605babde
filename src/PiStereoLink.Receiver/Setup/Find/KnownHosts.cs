using System.Security.Cryptography;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>The host keys that SSH has seen before, of ~/.ssh/known_hosts.</summary>
public sealed class KnownHosts
{
    private readonly (string Hosts, string Type, string Key)[] lines;

    public KnownHosts(string text) => lines =
    [
        .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] is not ('#' or '@'))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length >= 3)
            .Select(words => (words[0], words[1], words[2])),
    ];

    /// <summary>Those of the user who runs this.</summary>
    public static KnownHosts OfThisUser()
    {
        var file = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", "known_hosts");
        return new KnownHosts(File.Exists(file) ? File.ReadAllText(file) : "");
    }

    public bool Knows(string host) => lines.Any(line => Names(line.Hosts, host));

    /// <summary>Whether one kind of key is another one for this host than for that: at least one of the two is an old one.</summary>
    public bool Differ(string host, string other)
    {
        var theirs = lines.Where(line => Names(line.Hosts, other)).ToLookup(line => line.Type, line => line.Key);
        return lines.Where(line => Names(line.Hosts, host)).Any(line => theirs.Contains(line.Type) && !theirs[line.Type].Contains(line.Key));
    }

    private static bool Names(string hosts, string host) => hosts.StartsWith("|1|", StringComparison.Ordinal)
        ? IsHashOf(hosts, host)
        : hosts.Split(',').Contains(host, StringComparer.OrdinalIgnoreCase);

#pragma warning disable CA5350 // Weak hash: HMAC-SHA1 is what OpenSSH hides names with.
    private static bool IsHashOf(string hidden, string host)
    {
        var parts = hidden.Split('|');
        var (salt, hash) = (new byte[64], new byte[64]);
        return parts.Length == 4 && Convert.TryFromBase64String(parts[2], salt, out var saltBytes) && Convert.TryFromBase64String(parts[3], hash, out var hashBytes) &&
            HMACSHA1.HashData(salt.AsSpan(0, saltBytes), Encoding.UTF8.GetBytes(host)).AsSpan().SequenceEqual(hash.AsSpan(0, hashBytes));
    }
#pragma warning restore CA5350
}
