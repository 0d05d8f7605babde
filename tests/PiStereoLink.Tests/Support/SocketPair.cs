using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Tests;

/// <summary>Two ends of one TCP connection on the loopback.</summary>
internal static class SocketPair
{
    public static async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await far.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        return (await listener.AcceptAsync(TestContext.Current.CancellationToken), far);
    }
}
