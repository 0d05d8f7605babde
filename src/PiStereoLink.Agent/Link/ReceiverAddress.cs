using System.Globalization;
using System.Net;

namespace PiStereoLink.Agent;

/// <summary>Where the receiver listens: a name or an address, and a port.</summary>
public sealed record ReceiverAddress(string Host, int Port)
{
    /// <summary>The picamera recipe's port.</summary>
    public const int DefaultPort = 8000;

    /// <summary>Reads <c>HOST</c>, <c>HOST:PORT</c>, <c>[IPV6]</c>, <c>[IPV6]:PORT</c>, and a bare IPv6 address.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="address">Null when it is none.</param>
    /// <param name="defaultPort">Where no port is given.</param>
    public static bool TryParse(string text, out ReceiverAddress? address, int defaultPort = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        var colon = text.LastIndexOf(':');
        var bare = colon < 0 || text.EndsWith(']') || text.IndexOf(':', StringComparison.Ordinal) < colon && !text.StartsWith('[');
        var host = bare ? text : text[..colon];
        var port = defaultPort;
        if (!bare && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            || port is < 1 or > IPEndPoint.MaxPort))
            return false;
        if (host is ['[', .. var inner, ']'])
            host = inner;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;
        address = new ReceiverAddress(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
