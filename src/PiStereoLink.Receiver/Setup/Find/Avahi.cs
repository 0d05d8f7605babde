using System.Net;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>What the Avahi of this machine knows already, where there is one.</summary>
public static class Avahi
{
    /// <summary>The names and addresses of all who announce something.</summary>
    public static async Task<IReadOnlyList<(string Name, IPAddress Address)>> BrowseAsync(TimeSpan within, CancellationToken stopping)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        late.CancelAfter(within);
        try
        {
            return Parse(await Neighbours.SayAsync("avahi-browse", ["--all", "--resolve", "--terminate", "--parsable", "--no-db-lookup"], late.Token));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Lines as <c>=;eth0;IPv4;garden-left;_ssh._tcp;local;garden-left.local;192.168.1.31;22;</c>.</summary>
    public static IReadOnlyList<(string Name, IPAddress Address)> Parse(string text) =>
    [
        .. text.Split('\n').Select(line => line.Split(';')).Where(parts => parts.Length > 8 && parts[0] == "=")
            .Select(parts => (Name: parts[6], Address: IPAddress.TryParse(parts[7], out var address) ? address : null))
            .Where(one => one.Address is not null).Select(one => (one.Name, one.Address!)).Distinct(),
    ];
}
