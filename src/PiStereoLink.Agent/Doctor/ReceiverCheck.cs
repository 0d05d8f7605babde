using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Whether the receiver can be reached. Connects and sends nothing.</summary>
public static class ReceiverCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="to">The receiver; null when none is given.</param>
    /// <param name="stateFolder">Where the agent remembers its pairing, with which the receiver is known and its port is TLS's; null for an agent that has none.</param>
    /// <param name="stopping">Ends the waiting.</param>
    public static async Task<Finding> LookAsync(string? to, string? stateFolder, CancellationToken stopping)
    {
        Pairing? pairing;
        try
        {
            pairing = stateFolder is null ? null : Pairing.In(stateFolder);
        }
        catch (StateException e)
        {
            return Finding.Fail("With whom this Pi is paired cannot be read, so agent run does not start.", e.Message);
        }
        if (string.IsNullOrEmpty(to))
            to = pairing?.Address.ToString();
        if (string.IsNullOrEmpty(to))
            return Finding.Unknown("No receiver is given.", "`agent doctor --to HOST:PORT` looks whether it can be reached.");
        if (!ReceiverAddress.TryParse(to, out var address, pairing is null ? ReceiverAddress.DefaultPort : PinnedTls.DefaultPort))
            return Finding.Fail($"'{to}' is not a receiver.", "HOST, HOST:PORT or [IPV6]:PORT is, with a port of 1 to 65535.");
        try
        {
            using var client = new TcpClient();
            var addresses = await Dns.GetHostAddressesAsync(address!.Host, stopping).WaitAsync(Patience, stopping);
            var started = Stopwatch.GetTimestamp();
            await client.ConnectAsync(addresses, address.Port, stopping).AsTask().WaitAsync(Patience, stopping);
            var at = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
            return Finding.Ok(string.Create(CultureInfo.InvariantCulture,
                $"{address} answers after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms, from {(at.IsIPv4MappedToIPv6 ? at.MapToIPv4() : at)}{(pairing is null ? "" : $"; paired as {pairing.Node}")}"));
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            var words = LinkFault.NotReached(e).Split(". ", 2);
            return Finding.Fail($"{address}: {words[0].TrimEnd('.')}.", words.Length == 2 ? words[1] : "Look at its log.");
        }
    }
}
