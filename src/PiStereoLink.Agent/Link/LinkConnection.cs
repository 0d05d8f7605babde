using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>One TCP connection to a receiver: frames go out; what comes back is cut into lines.</summary>
public sealed class LinkConnection : IAsyncDisposable
{
    /// <summary>A sender otherwise keeps on for a quarter of an hour; measured on a blackholed link, this notices in 20.5 s.</summary>
    public static readonly TimeSpan UnansweredLimit = TimeSpan.FromSeconds(20);

    /// <summary>A local network answers in milliseconds, Wi-Fi that is waking up in a few seconds.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>The receiver may still be storing what it got.</summary>
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(10);

    private const int TcpUserTimeout = 18;       // Linux, option of IPPROTO_TCP, milliseconds

    private readonly Socket socket;
    private readonly CancellationTokenSource closed = new();
    private readonly TimeProvider time;
    private readonly ReceiverLines lines;
    private readonly Task watching;
    private SocketException? broken;             // written by the watcher before it cancels

    private LinkConnection(Socket socket, Action<ReceiverLine> heard, TimeProvider time)
    {
        (this.socket, this.time) = (socket, time);
        lines = new ReceiverLines(heard);
        watching = WatchAsync();
    }

    /// <summary>Cancelled as soon as the receiver has closed its end or the network has given up.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>Bytes handed to the kernel, the end of the stream among them.</summary>
    public long Sent { get; private set; }

    /// <summary>How many of <see cref="Sent"/> have reached the receiver's kernel; all, where ours cannot tell.</summary>
    public long Delivered => Sent - (Native.Undelivered(socket.SafeHandle) ?? 0);

    /// <summary>Why <see cref="Closed"/>.</summary>
    public Exception ClosedBecause => broken ?? (Exception)new ReceiverClosedException();

    /// <summary>Connects to the first of the receiver's addresses that answers.</summary>
    /// <exception cref="SocketException">None does.</exception>
    /// <exception cref="TimeoutException">None does in time.</exception>
    /// <param name="to">The receiver.</param>
    /// <param name="heard">Takes each line that the receiver says, on the thread that reads.</param>
    /// <param name="time">For the limits.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public static async Task<LinkConnection> OpenAsync(ReceiverAddress to, Action<ReceiverLine> heard, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        using var late = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            SocketException? last = null;
            foreach (var address in await Dns.GetHostAddressesAsync(to.Host, either.Token))
            {
                try
                {
                    return new LinkConnection(await ConnectAsync(address, to.Port, either.Token), heard, time);
                }
                catch (SocketException e)
                {
                    last = e;
                }
            }
            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {ConnectLimit.TotalSeconds:0} s.");
        }
    }

    /// <summary>Sends one frame with its header and waits until the kernel has taken it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> framed, CancellationToken cancellationToken)
    {
        // Header and picture lie side by side: one call to the kernel, and no small packet of its own for the header.
        for (var left = framed; !left.IsEmpty;)
        {
            var count = await socket.SendAsync(left, cancellationToken);
            Sent += count;
            left = left[count..];
        }
    }

    /// <summary>Ends the stream in order: the length 0, our side shut, then the receiver's end awaited, since closing earlier could cut it off.</summary>
    /// <param name="cancellationToken">Ends the waiting; the 0 is sent in any case.</param>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await socket.SendAsync(new byte[sizeof(uint)], CancellationToken.None).AsTask().WaitAsync(GoodbyeLimit, time, CancellationToken.None);
        socket.Shutdown(SocketShutdown.Send);
        Sent += sizeof(uint) + 1;       // the end of the stream takes a place among the bytes too
        await watching.WaitAsync(GoodbyeLimit, time, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await watching;
        closed.Dispose();
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

    /// <summary>Reads until the receiver's end. Without it a dead link would show only when the next frame is sent into it.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (await socket.ReceiveAsync(lines.Free) is > 0 and var count)
                lines.Advance(count);
        }
        catch (SocketException e)
        {
            broken = e;
        }
        catch (ObjectDisposedException)
        {
            // We closed it.
        }
        await closed.CancelAsync();
    }
}
