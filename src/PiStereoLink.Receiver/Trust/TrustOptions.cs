using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Where paired nodes come in, and who may come without.</summary>
public sealed class TrustOptions
{
    /// <summary>Address of the TLS port; null when there is none.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Any, PinnedTls.DefaultPort);

    /// <summary>True when it was asked for: then it must open. By default the receiver runs without it where another program has the port.</summary>
    public bool MustListen { get; init; }

    /// <summary>The address in use; null before the start, and when there is none.</summary>
    public IPEndPoint? Bound { get; internal set; }

    /// <summary>The folder of the key, the paired nodes and the invitations.</summary>
    public required string StateFolder { get; init; }

    /// <summary>False: the plain port takes senders from any address, not only from this network.</summary>
    public bool NearOnly { get; init; } = true;

    /// <summary>For everything before a node is known to be paired. Small machines on slow Wi-Fi need a second.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(10);
}
