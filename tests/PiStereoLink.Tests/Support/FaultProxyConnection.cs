using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PiStereoLink.Tests;

/// <summary>One connection through a <see cref="FaultProxy"/>: two sockets and what goes between them.</summary>
internal sealed class FaultProxyConnection(Socket client, LinkFault fault, Action onStruck) : IDisposable
{
    private const int PieceBytes = 16 * 1024, PiecesUnderWay = 64;

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource ended = new();
    private volatile bool silent, closed;

    /// <summary>Carries bytes until both ends have ended or the connection is cut.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(target, ended.Token);
            await Task.WhenAll(
                CarryAsync(client, server, fault.DelayThere, fault.Kind == LinkFaultKind.None ? long.MaxValue : fault.AfterBytes, fault.ByteByByte ? 1 : PieceBytes),
                CarryAsync(server, client, fault.DelayBack, long.MaxValue, PieceBytes));
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
    private async Task CarryAsync(Socket from, Socket to, TimeSpan delay, long untilFault, int largestWrite)
    {
        var underWay = Channel.CreateBounded<(byte[] Bytes, long ReadAt)>(PiecesUnderWay);
        try
        {
            await Task.WhenAll(ReadAsync(from, underWay.Writer), WriteAsync(underWay.Reader, to, delay, untilFault, largestWrite));
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
                await underWay.WriteAsync((buffer[..count], TimeProvider.System.GetTimestamp()), ended.Token);
        }
        finally
        {
            underWay.Complete();
        }
    }

    private async Task WriteAsync(ChannelReader<(byte[] Bytes, long ReadAt)> underWay, Socket to, TimeSpan delay, long untilFault, int largestWrite)
    {
        var open = untilFault > 0 || await StrikeAsync();
        await foreach (var (bytes, readAt) in underWay.ReadAllAsync(ended.Token))
        {
            if (delay - TimeProvider.System.GetElapsedTime(readAt) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, ended.Token);
            for (var at = 0; open && !closed && at < bytes.Length;)
            {
                if (silent)
                    await Task.Delay(Timeout.Infinite, ended.Token);
                var count = (int)Math.Min(Math.Min(bytes.Length - at, largestWrite), untilFault > 0 ? untilFault : long.MaxValue);
                at += count = await to.SendAsync(bytes.AsMemory(at, count), ended.Token);
                if ((untilFault -= count) == 0)
                    open = await StrikeAsync();
            }
        }
        if (open && !closed)
            to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>The fault; false when nothing more goes this way.</summary>
    private async Task<bool> StrikeAsync()
    {
        onStruck();
        switch (fault.Kind)
        {
            case LinkFaultKind.Stall:
                await Task.Delay(fault.For, ended.Token);
                return true;
            case LinkFaultKind.HalfClose:
                server.Shutdown(SocketShutdown.Send);
                return false;
            case LinkFaultKind.Close:
                closed = true;
                server.Shutdown(SocketShutdown.Send);
                client.Shutdown(SocketShutdown.Send);
                return false;
            case LinkFaultKind.Silence:
                silent = true;
                return true;
            default:
                Reset();        // at once: the other direction may wait for a client that says nothing more
                throw new OperationCanceledException("The connection is cut.");
        }
    }
}
