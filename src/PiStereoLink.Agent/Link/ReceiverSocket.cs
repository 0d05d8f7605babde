using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Agent;

/// <summary>Connects to a receiver.</summary>
internal static class ReceiverSocket
{
    /// <summary>A local network answers in milliseconds, Wi-Fi that is waking up in a few seconds.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>A sender otherwise keeps on for a quarter of an hour; measured on a blackholed link, this notices in 20.5 s.</summary>
    public static readonly TimeSpan UnansweredLimit = TimeSpan.FromSeconds(20);

    private const int TcpUserTimeout = 18;       // Linux, option of IPPROTO_TCP, milliseconds

    /// <summary>Connects to the first of the receiver's addresses that answers.</summary>
    /// <exception cref="SocketException">None does.</exception>
    /// <exception cref="TimeoutException">None does in time.</exception>
    public static Task<Socket> ConnectAsync(ReceiverAddress to, TimeProvider time, CancellationToken cancellationToken) =>
        InTimeAsync(token => ConnectAsync(to, token), time, cancellationToken);

    /// <summary>Does something that must not take longer than connecting may.</summary>
    /// <exception cref="TimeoutException">It did.</exception>
    public static async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {ConnectLimit.TotalSeconds:0} s.");
        }
    }

    private static async Task<Socket> ConnectAsync(ReceiverAddress to, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in await Dns.GetHostAddressesAsync(to.Host, cancellationToken))
        {
            try
            {
                return await ConnectAsync(address, to.Port, cancellationToken);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption((int)ProtocolType.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)UnansweredLimit.TotalMilliseconds));
            await socket.ConnectAsync(address, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
