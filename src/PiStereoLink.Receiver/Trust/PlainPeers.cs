using System.Net;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Who may come to the plain port, where nothing is encrypted: those who can be no further away than this network.</summary>
public static class PlainPeers
{
    /// <summary>Why others are not let in.</summary>
    public const string TooFar = "the plain port is unencrypted and takes private addresses only. Pair it (receiver invite), or start with --plain-from any";

    // RFC 1918, RFC 3927, RFC 4193, RFC 4291.
    private static readonly IPNetwork[] Near =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>True for loopback, link-local, private and unique-local addresses, also where IPv6 carries them.</summary>
    public static bool IsNear(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is not null && Near.Any(network => network.Contains(address));
    }
}
