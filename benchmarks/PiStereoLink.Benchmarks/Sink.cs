using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Benchmarks;

/// <summary>Takes one connection after the other, reads what comes and throws it away; it counts pictures by the end marker.</summary>
internal sealed class Sink : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long bytes;

    public Sink()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public Task Connected => connected.Task;

    public long Bytes => Volatile.Read(ref bytes);

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync();
                var buffer = new byte[1 << 20].AsMemory();
                for (int taken; (taken = await socket.ReceiveAsync(buffer)) > 0;)
                {
                    Interlocked.Add(ref bytes, taken);
                    connected.TrySetResult();
                }
            }
        }
        catch (SocketException)
        {
            // The listener is closed, or a sender was ended.
        }
        catch (ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
