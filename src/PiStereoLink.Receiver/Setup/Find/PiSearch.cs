using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>A Raspberry Pi that was found, or somebody with the name that was asked for.</summary>
/// <param name="Name">As in multicast DNS, with .local; null if it told none.</param>
/// <param name="Addresses">IPv4 first.</param>
/// <param name="Mac">Its hardware address, if this machine has spoken with it.</param>
/// <param name="IsRaspberryPi">By that address; null without one.</param>
/// <param name="By">How it was found: mdns, avahi, neighbour.</param>
public sealed record FoundPi(string? Name, IReadOnlyList<IPAddress> Addresses, string? Mac, bool? IsRaspberryPi, IReadOnlyList<string> By);

/// <summary>Puts together what the ways of finding found.</summary>
public static class PiSearch
{
    /// <param name="names">Names with .local, that are asked for.</param>
    /// <param name="within">How long to listen.</param>
    /// <param name="stopping">Ends the search.</param>
    public static async Task<(IReadOnlyList<FoundPi> Found, int Neighbours)> RunAsync(IReadOnlyList<string> names, TimeSpan within, CancellationToken stopping)
    {
        var known = (await Neighbours.ReadAsync(stopping)).Where(one => one.IsRaspberryPi && one.Address.AddressFamily == AddressFamily.InterNetwork);
        var questions = names.Select(name => (name, DnsType.AddressOf)).Concat(known.Select(one => (ReverseName(one.Address), DnsType.NameOf))).ToArray();
        var (asked, browsed) = (MulticastDns.AskAsync(questions, within, stopping), Avahi.BrowseAsync(within, stopping));
        var (answers, announced) = (await asked, await browsed);
        var neighbours = await Neighbours.ReadAsync(stopping);
        return (Merge(names, neighbours, Named(answers.Select(one => one.Record)), announced), neighbours.Count);
    }

    /// <summary>Each machine once: its addresses are together by hardware address or by name.</summary>
    public static IReadOnlyList<FoundPi> Merge(
        IReadOnlyList<string> names, IReadOnlyList<Neighbour> neighbours,
        IReadOnlyCollection<(string Name, IPAddress Address)> answered, IReadOnlyCollection<(string Name, IPAddress Address)> announced)
    {
        var macs = neighbours.GroupBy(one => one.Address).ToDictionary(group => group.Key, group => group.First());
        var wanted = answered.Concat(announced)
            .Where(one => names.Contains(one.Name, StringComparer.OrdinalIgnoreCase) || (macs.GetValueOrDefault(one.Address)?.IsRaspberryPi ?? false))
            .Select(one => (Name: (string?)one.Name, one.Address))
            .Concat(neighbours.Where(one => one.IsRaspberryPi).Select(one => (Name: (string?)null, one.Address)));
        return
        [
            .. wanted.GroupBy(one => macs.GetValueOrDefault(one.Address)?.Mac ?? $"{one.Name}/{one.Address}").Select(group =>
            {
                var addresses = group.Select(one => one.Address).Distinct().OrderBy(one => one.AddressFamily).ThenBy(one => one.ToString(), StringComparer.Ordinal).ToArray();
                var mac = addresses.Select(one => macs.GetValueOrDefault(one)).FirstOrDefault(one => one is not null);
                string[] by =
                [
                    .. answered.Any(one => addresses.Contains(one.Address)) ? ["mdns"] : Array.Empty<string>(),
                    .. announced.Any(one => addresses.Contains(one.Address)) ? ["avahi"] : Array.Empty<string>(),
                    .. mac is not null ? ["neighbour"] : Array.Empty<string>(),
                ];
                return new FoundPi(group.Select(one => one.Name).FirstOrDefault(name => name is not null), addresses, mac?.Mac, mac?.IsRaspberryPi, by);
            }).OrderBy(one => one.Name ?? "~", StringComparer.Ordinal).ThenBy(one => one.Addresses[0].ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>The name under which an IPv4 address's own name is asked for.</summary>
    private static string ReverseName(IPAddress address) => string.Join('.', address.GetAddressBytes().Reverse()) + ".in-addr.arpa";

    private static (string Name, IPAddress Address)[] Named(IEnumerable<DnsRecord> records) =>
        [.. records.Select(record => (Name: record.Target ?? record.Name, Address: record.Address ?? OfReverseName(record.Name))).Where(one => one.Address is not null).Select(one => (one.Name, one.Address!)).Distinct()];

    private static IPAddress? OfReverseName(string name) =>
        name.EndsWith(".in-addr.arpa", StringComparison.OrdinalIgnoreCase) && IPAddress.TryParse(string.Join('.', name.Split('.')[..4].Reverse()), out var address) ? address : null;
}
