using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PiStereoLink.Tests;

/// <summary>A network between an agent and its receiver on which everything is late, by another time each way.</summary>
internal sealed class DelayRelay : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly IPEndPoint to;
    private readonly TimeSpan there, back;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public DelayRelay(IPEndPoint to, TimeSpan there, TimeSpan back, int port = 0)
    {
        (this.to, this.there, this.back) = (to, there, back);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
                carried.Add(CarryAsync(await listener.AcceptSocketAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(Socket agent)
    {
        using var near = agent;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(to, stop.Token);
            await Task.WhenAll(DelayAsync(near, far, there), DelayAsync(far, near, back));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // One side is gone, and with it the connection.
        }
    }

    private async Task DelayAsync(Socket from, Socket into, TimeSpan delay)
    {
        var late = Channel.CreateUnbounded<(byte[] Bytes, long ReadAt)>();
        var reading = ReadAsync();
        await foreach (var (bytes, readAt) in late.Reader.ReadAllAsync(stop.Token))
        {
            await AtLeast.PassedAsync(delay, readAt, stop.Token);
            await into.SendAsync(bytes, stop.Token);
        }
        into.Shutdown(SocketShutdown.Send);
        await reading;

        async Task ReadAsync()
        {
            try
            {
                var buffer = new byte[64 * 1024];
                while (await from.ReceiveAsync(buffer, stop.Token) is > 0 and var count)
                    late.Writer.TryWrite((buffer[..count], Stopwatch.GetTimestamp()));
            }
            finally
            {
                late.Writer.TryComplete();
            }
        }
    }
}
