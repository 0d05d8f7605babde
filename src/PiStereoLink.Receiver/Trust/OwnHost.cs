using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Where a Pi finds this receiver, as a token says it.</summary>
internal static class OwnHost
{
    /// <summary>This machine's private address, of a network that leads further if there is one; else its name. An address needs nobody who knows names.</summary>
    public static string Guess() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(network => network.GetIPProperties())
            .OrderByDescending(network => network.GatewayAddresses.Count)
            .SelectMany(network => network.UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && PlainPeers.IsNear(address))?.ToString()
        ?? Environment.MachineName;

    /// <summary>The same with the port, unless it is the usual one or the host names one.</summary>
    /// <exception cref="FormatException">It is no host; the message says what was allowed.</exception>
    public static string WithPort(string host, int port)
    {
        if (IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6)
            host = $"[{address}]";
        var colon = host.EndsWith(']') ? -1 : host.LastIndexOf(':');
        var name = (colon < 0 ? host : host[..colon]).Trim('[', ']');
        var named = colon < 0 ? port : int.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown || named is < 1 or > IPEndPoint.MaxPort)
            throw new FormatException($"--host {host}: HOST, HOST:PORT or [IPV6]:PORT is needed, as the Pi finds this machine.");
        return colon >= 0 || port == PinnedTls.DefaultPort ? host : $"{host}:{port}";
    }
}
