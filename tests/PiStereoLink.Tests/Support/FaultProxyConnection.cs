using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PiStereoLink.Tests;

/// <summary>One connection through a <see cref="FaultProxy"/>: two sockets and what goes between them.</summary>
/// <param name="client">Taken already.</param>
/// <param name="fault">What happens to it.</param>
/// <param name="onStruck">Told when its fault begins.</param>
/// <param name="onCarried">Told when the first bytes have reached the target.</param>
/// <param name="overtaken">Ends when the connection after this one has carried bytes.</param>
internal sealed partial class FaultProxyConnection(Socket client, LinkFault fault, Action onStruck, Action onCarried, Task overtaken) : IDisposable
{
    private const int PieceBytes = 16 * 1024, PiecesUnderWay = 64;

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource ended = new();
    private volatile bool silent, closed, late;

    /// <summary>Carries bytes until both ends have ended or the connection is cut.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(target, ended.Token);
            await Task.WhenAll(
                CarryAsync(client, server, fault.DelayThere, fault),
                CarryAsync(server, client, fault.DelayBack, new LinkFault()));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset();
        }
    }

    /// <summary>Both ends get an end of stream, if they have none yet.</summary>
    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        ended.Dispose();
    }

    /// <summary>Both ends get a reset.</summary>
    public void Reset()
    {
        try
        {
            ended.Cancel();
            client.Close(timeout: 0);
            server.Close(timeout: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    /// <summary>One direction. What is read goes into a queue with the time at which it was read.</summary>
    private async Task CarryAsync(Socket from, Socket to, TimeSpan delay, LinkFault spoiled)
    {
        var underWay = Channel.CreateBounded<(byte[] Bytes, long ReadAt)>(PiecesUnderWay);
        try
        {
            await Task.WhenAll(ReadAsync(from, underWay.Writer), WriteAsync(underWay.Reader, to, delay, spoiled));
        }
        catch
        {
            // One end has gone, or the fault has struck: the other end sees it at once, and the other direction ends.
            Reset();
            throw;
        }
    }

    private async Task ReadAsync(Socket from, ChannelWriter<(byte[] Bytes, long ReadAt)> underWay)
    {
        var buffer = new byte[PieceBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, ended.Token) is > 0 and var count)
                if (!late || from == client)
                    await underWay.WriteAsync((buffer[..count], TimeProvider.System.GetTimestamp()), ended.Token);
        }
        catch (Exception e) when (late && e is SocketException or ObjectDisposedException)
        {
            // The client is gone, as it was meant to be; what it has sent is still to be delivered.
        }
        finally
        {
            underWay.Complete();
        }
    }

    private async Task WriteAsync(ChannelReader<(byte[] Bytes, long ReadAt)> underWay, Socket to, TimeSpan delay, LinkFault spoiled)
    {
        var (open, carried) = (true, false);
        var untilFault = spoiled.Kind == LinkFaultKind.None ? long.MaxValue : spoiled.AfterBytes;
        if (untilFault == 0)
            (open, untilFault) = await StrikeAsync();
        await foreach (var (bytes, readAt) in underWay.ReadAllAsync(ended.Token))
        {
            await AtLeast.PassedAsync(delay, readAt, ended.Token);
            for (var at = 0; open && !closed && at < bytes.Length;)
            {
                if (silent)
                    await Task.Delay(Timeout.Infinite, ended.Token);
                if (late && to == client)
                    break;
                var count = (int)Math.Min(Math.Min(bytes.Length - at, spoiled.ByteByByte ? 1 : PieceBytes), untilFault);
                at += count = await to.SendAsync(bytes.AsMemory(at, count), ended.Token);
                if (!carried && to == server)
                    onCarried();
                carried = true;
                if ((untilFault -= count) == 0)
                    (open, untilFault) = await StrikeAsync();
            }
        }
        if (open && !closed && !(late && to == client))
            to.Shutdown(SocketShutdown.Send);
    }
}
