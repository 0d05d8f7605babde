using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

/// <summary>Names for peers that send no stamp: <c>legacy-192-0-2-7</c>, and the lowest camera number free at that address.</summary>
public sealed class LegacyNames
{
    private readonly Lock gate = new();
    private readonly HashSet<CameraName> taken = [];

    /// <summary>A name that no other open connection has; give it back with <see cref="Release"/>.</summary>
    public CameraName Take(IPAddress? address)
    {
        var node = NodeOf(address);
        lock (gate)
        {
            for (var number = 0; ; number++)
            {
                var name = new CameraName(node, $"{number}");
                if (taken.Add(name))
                    return name;
            }
        }
    }

    /// <summary>Frees a name; one that was not taken here is let pass.</summary>
    public void Release(CameraName name)
    {
        lock (gate)
            taken.Remove(name);
    }

    private static string NodeOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        // The end of an IPv6 address tells hosts apart, its beginning only networks.
        var text = (address?.ToString() ?? "unknown").Split('%')[0].ToLowerInvariant().Replace('.', '-').Replace(':', '-');
        return $"legacy-{text[Math.Max(0, text.Length - 25)..].Trim('-')}";
    }
}
