using System.Net;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Who may come to the plain port, where nothing is encrypted: those who can be no further away than this network.</summary>
public sealed partial class PlainPeers(TrustOptions options, ILogger<PlainPeers> logger)
{
    // RFC 1918, RFC 3927, RFC 4193, RFC 4291.
    private static readonly IPNetwork[] Near =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Whether a peer may stay; where not, that is logged, and its connection is to be closed unread.</summary>
    public bool Admits(EndPoint? peer)
    {
        if (!options.NearOnly || IsNear((peer as IPEndPoint)?.Address))
            return true;
        Log.Refused(logger, $"{peer}");
        return false;
    }

    /// <summary>True for loopback, link-local, private and unique-local addresses, also where IPv6 carries them.</summary>
    public static bool IsNear(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is not null && Near.Any(network => network.Contains(address));
    }

    private static partial class Log
    {
        [LoggerMessage(69, LogLevel.Warning, "{Peer} was not let in at the plain port, which is unencrypted and takes private addresses only. Pair it (receiver invite), or start with --plain-from any.")]
        public static partial void Refused(ILogger logger, string peer);
    }
}
