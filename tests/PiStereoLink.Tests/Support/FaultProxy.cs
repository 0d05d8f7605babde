using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Tests;

/// <summary>
/// A TCP proxy on loopback that spoils connections as asked: cut, stalled, halved, delayed, refused. The plan is asked once for each
/// connection, in the order in which they come, with random numbers of a seed: the same plan and seed, the same faults.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly IPEndPoint target;
    private readonly Func<Random, LinkFault> plan;
    private readonly Random random;
    private readonly ConcurrentDictionary<FaultProxyConnection, Task> connections = new();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;
    private int accepted, struck;

    public FaultProxy(IPEndPoint target, Func<Random, LinkFault>? plan = null, int seed = 1)
    {
        (this.target, this.plan, random) = (target, plan ?? (_ => new LinkFault()), new Random(seed));
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0);
        Listen();
    }

    /// <summary>Where clients connect to; it stays the same when connections are refused for a while.</summary>
    public IPEndPoint EndPoint { get; private set; }

    /// <summary>Connections taken so far.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>Connections that their fault has struck so far.</summary>
    public int Struck => Volatile.Read(ref struck);

    /// <summary>From now on connections are refused, as by a host on which nothing listens. Those that stand stay.</summary>
    public async Task RefuseAsync()
    {
        listener?.Dispose();
        listener = null;
        await accepting;
    }

    /// <summary>Takes connections again.</summary>
    public void Listen()
    {
        if (listener is not null)
            return;
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(EndPoint);
        listener.Listen();
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        accepting = AcceptAsync(listener);
    }

    /// <summary>Resets every connection that stands.</summary>
    public void CutAll()
    {
        foreach (var connection in connections.Keys)
            connection.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await RefuseAsync();
        CutAll();
        await Task.WhenAll(connections.Values);
    }

    private async Task AcceptAsync(Socket from)
    {
        var overtaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);      // the one before
        try
        {
            while (true)
            {
                var client = await from.AcceptAsync();
                var before = overtaken;
                overtaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var connection = new FaultProxyConnection(client, plan(random), () => Interlocked.Increment(ref struck), () => before.TrySetResult(), overtaken.Task);
                Interlocked.Increment(ref accepted);
                connections[connection] = RunAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Connections are refused from now on.
        }
    }

    private async Task RunAsync(FaultProxyConnection connection)
    {
        await Task.Yield();     // so that it is known before it has ended
        using (connection)
            await connection.RunAsync(target);
        connections.TryRemove(connection, out _);
    }
}
