using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Tests;

/// <summary>
/// Ports of 127.0.0.1 that nobody listens at, and that no other test is given: each stays bound until the tests end. Who wants to listen
/// there later sets <see cref="SocketOptionName.ReuseAddress"/>, as the runtime does by itself for what it binds.
/// </summary>
internal static class FreePort
{
    private static readonly ConcurrentBag<Socket> Held = [];

    public static int Take()
    {
        var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Held.Add(held);
        return ((IPEndPoint)held.LocalEndPoint!).Port;
    }
}
