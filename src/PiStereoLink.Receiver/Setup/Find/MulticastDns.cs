using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>
/// One question to everybody on the networks of this machine, as a resolver asks it that keeps nothing (RFC 6762, 5.1): from a port of
/// its own, so the answers come to that port.
/// </summary>
public static class MulticastDns
{
    private const int Port = 5353, MostBytes = 9000;

    private static readonly IPEndPoint Everybody = new(IPAddress.Parse("224.0.0.251"), Port);

    /// <summary>When the question is asked again, since packets to everybody get lost on Wi-Fi, seconds from the start.</summary>
    private static readonly double[] AskedAgain = [1, 3];

    /// <summary>Every answer within that time, with who gave it.</summary>
    public static async Task<IReadOnlyList<(DnsRecord Record, IPAddress From)>> AskAsync(
        IReadOnlyCollection<(string Name, DnsType Type)> questions, TimeSpan within, CancellationToken stopping)
    {
        var question = DnsMessage.Question(questions);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        late.CancelAfter(within);
        var heard = await Task.WhenAll(Interfaces().Select(one => AskOnAsync(one.Address, one.Index, question, late.Token)));
        stopping.ThrowIfCancellationRequested();
        return [.. heard.SelectMany(one => one).Distinct()];
    }

    private static IEnumerable<(IPAddress Address, int Index)> Interfaces() =>
        from one in NetworkInterface.GetAllNetworkInterfaces()
        where one.OperationalStatus != OperationalStatus.Down && one.NetworkInterfaceType != NetworkInterfaceType.Loopback && one.SupportsMulticast
        let properties = one.GetIPProperties()
        from address in properties.UnicastAddresses
        where address.Address.AddressFamily == AddressFamily.InterNetwork
        select (address.Address, properties.GetIPv4Properties().Index);

    private static async Task<List<(DnsRecord, IPAddress)>> AskOnAsync(IPAddress address, int index, byte[] question, CancellationToken late)
    {
        var heard = new List<(DnsRecord, IPAddress)>();
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(index));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 255);
            var asking = RepeatAsync(socket, question, late);
            var buffer = new byte[MostBytes];
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), late);
                if (asking.IsFaulted)
                    await asking;
                if (received.RemoteEndPoint is IPEndPoint { Port: Port } from)
                    heard.AddRange(DnsMessage.Answers(buffer.AsSpan(0, received.ReceivedBytes)).Select(record => (record, from.Address)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return heard;       // the time is up, or this interface leads nowhere
        }
    }

    private static async Task RepeatAsync(Socket socket, byte[] question, CancellationToken late)
    {
        await socket.SendToAsync(question, SocketFlags.None, Everybody, late);
        var before = 0.0;
        foreach (var at in AskedAgain)
        {
            await Task.Delay(TimeSpan.FromSeconds(at - before), late);
            before = at;
            await socket.SendToAsync(question, SocketFlags.None, Everybody, late);
        }
    }
}
