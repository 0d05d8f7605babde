using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Benchmarks;

/// <summary>Peers that open connections and do nothing good with them, from many addresses of the loopback network.</summary>
internal sealed class HostilePeers(int port) : IDisposable
{
    private const int PerAddress = 200;

    /// <summary>A length of 32 MiB, and the two bytes that a JPEG begins with.</summary>
    private static readonly byte[] Declaration = [0, 0, 0, 2, 0xFF, 0xD8];

    private readonly List<Socket> sockets = [];

    /// <summary>Opens connections that stop: before a length, behind a declaration, within a picture.</summary>
    public async Task StallAsync(int count)
    {
        var half = TypicalJpeg.Of(40_000).AsMemory(0, 20_000);
        for (var i = 0; i < count; i++)
        {
            var socket = await ConnectAsync(i);
            if (i % 3 > 0)
                await socket.SendAsync(Declaration);
            if (i % 3 == 2)
                await socket.SendAsync(half);
        }
    }

    /// <summary>Opens connections that declare 32 MiB each and go on sending as long as the receiver takes it, or the time is over.</summary>
    public async Task DeclareAsync(int count, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        var sending = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var socket = await ConnectAsync(i);
            await socket.SendAsync(Declaration);
            sending.Add(SendOnAsync(socket, over.Token));
        }
        await Task.WhenAll(sending);
    }

    public void Dispose() => sockets.ForEach(socket => socket.Dispose());

    private static async Task SendOnAsync(Socket socket, CancellationToken over)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            // Less than the whole, so that the frame never ends.
            for (var sent = 0; sent < 31 * 1024 * 1024; sent += bytes.Length)
                await socket.SendAsync(bytes, over);
            await Task.Delay(Timeout.Infinite, over);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Its time is over, or the receiver has had enough of it.
        }
    }

    private async Task<Socket> ConnectAsync(int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.1.{1 + number / PerAddress}"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        sockets.Add(socket);
        return socket;
    }
}
