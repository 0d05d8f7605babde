using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>One connection to a receiver, plain or TLS: frames go out; what comes back is cut into lines.</summary>
public sealed class LinkConnection : IAsyncDisposable
{
    /// <summary>The receiver may still be storing what it got.</summary>
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(10);

    /// <summary>A receiver that does not know our key closes at once, without a word: TLS 1.3 has let us in before it has looked.</summary>
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(5);

    private readonly Socket socket;
    private readonly SslStream? secure;          // null: frames go straight into the socket
    private readonly CancellationTokenSource closed = new();
    private readonly TimeProvider time;
    private readonly ReceiverLines lines;
    private readonly Task watching;
    private readonly long openedAt;
    private Exception? broken;                   // written by the watcher before it cancels
    private bool wordless = true;                // nothing has come yet

    private LinkConnection(Socket socket, SslStream? secure, Action<ReceiverLine> heard, TimeProvider time)
    {
        (this.socket, this.secure, this.time, openedAt) = (socket, secure, time, time.GetTimestamp());
        lines = new ReceiverLines(heard);
        watching = WatchAsync();
    }

    /// <summary>Cancelled as soon as the receiver has closed its end or the network has given up.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>Bytes handed to the kernel, the end of the stream among them.</summary>
    public long Sent { get; private set; }

    /// <summary>
    /// How many of <see cref="Sent"/> have reached the receiver's kernel; all, where ours cannot tell. Over TLS a few less while something is on
    /// its way: the kernel counts the bytes as they are encrypted.
    /// </summary>
    public long Delivered => Sent - (Native.Undelivered(socket.SafeHandle) ?? 0);

    /// <summary>Why <see cref="Closed"/>.</summary>
    public Exception ClosedBecause => secure is not null && Volatile.Read(ref wordless) && time.GetElapsedTime(openedAt) < RefusalLimit
        ? new TrustException("it did not let this Pi in: it does not know its key, or not any more. receiver status there shows who is paired; if this Pi should be, run receiver invite there and agent join here.")
        : broken ?? new ReceiverClosedException();

    /// <summary>Connects, and makes sure of the receiver where it is pinned.</summary>
    /// <exception cref="SocketException">None of its addresses answers.</exception>
    /// <exception cref="TimeoutException">None does in time.</exception>
    /// <exception cref="TrustException">Who answers is not the pinned receiver.</exception>
    /// <param name="to">The receiver.</param>
    /// <param name="pinned">Who that must be; null for a plain connection.</param>
    /// <param name="heard">Takes each line that the receiver says, on the thread that reads.</param>
    /// <param name="time">For the limits.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public static async Task<LinkConnection> OpenAsync(ReceiverAddress to, PinnedReceiver? pinned, Action<ReceiverLine> heard, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        var socket = await ReceiverSocket.ConnectAsync(to, time, cancellationToken);
        try
        {
            var secure = pinned is null ? null : await ReceiverSocket.InTimeAsync(
                late => pinned.AuthenticateAsync(new NetworkStream(socket), PinnedTls.Protocol, late), time, cancellationToken);
            return new LinkConnection(socket, secure, heard, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one frame with its header and waits until the kernel has taken it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> framed, CancellationToken cancellationToken)
    {
        if (secure is not null)
        {
            await secure.WriteAsync(framed, cancellationToken);
            Sent += framed.Length;
            return;
        }
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
        await SayEndAsync().WaitAsync(GoodbyeLimit, time, CancellationToken.None);
        socket.Shutdown(SocketShutdown.Send);
        Sent += sizeof(uint) + 1;       // the end of the stream takes a place among the bytes too
        await watching.WaitAsync(GoodbyeLimit, time, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await watching;
        if (secure is not null)
            await secure.DisposeAsync();
        closed.Dispose();
    }

    private async Task SayEndAsync()
    {
        try
        {
            if (secure is null)
            {
                await socket.SendAsync(new byte[sizeof(uint)], CancellationToken.None);
                return;
            }
            await secure.WriteAsync(new byte[sizeof(uint)], CancellationToken.None);
            await secure.ShutdownAsync();
        }
        catch (IOException e)
        {
            throw e.InnerException as SocketException ?? new SocketException((int)SocketError.ConnectionAborted);
        }
    }

    /// <summary>Reads until the receiver's end. Without it a dead link would show only when the next frame is sent into it.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (await (secure?.ReadAsync(lines.Free) ?? socket.ReceiveAsync(lines.Free)) is > 0 and var count)
            {
                Volatile.Write(ref wordless, false);
                lines.Advance(count);
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            broken = e.InnerException as SocketException ?? e;
        }
        catch (ObjectDisposedException)
        {
            // We closed it.
        }
        await closed.CancelAsync();
    }
}
