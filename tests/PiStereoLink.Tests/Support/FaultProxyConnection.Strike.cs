using System.Diagnostics;
using System.Net.Sockets;

namespace PiStereoLink.Tests;

/// <summary>The moment of the fault.</summary>
internal sealed partial class FaultProxyConnection
{
    private LinkFault? next;        // after the first

    /// <summary>The fault, in the direction of the target: whether anything more goes that way, and how much before the next one.</summary>
    private async Task<(bool Open, long UntilNext)> StrikeAsync()
    {
        var now = next ?? fault;
        if (next is null)
            onStruck();
        next = now.Then;
        switch (now.Kind)
        {
            case LinkFaultKind.Stall:
                await AtLeast.PassedAsync(now.For, Stopwatch.GetTimestamp(), ended.Token);
                return (true, next?.AfterBytes ?? long.MaxValue);
            case LinkFaultKind.Late:
                await AtLeast.PassedAsync(now.For, Stopwatch.GetTimestamp(), ended.Token);
                late = true;
                client.Close(timeout: 0);
                await overtaken.WaitAsync(ended.Token);
                return (true, long.MaxValue);
            case LinkFaultKind.HalfClose:
                server.Shutdown(SocketShutdown.Send);
                return (false, long.MaxValue);
            case LinkFaultKind.Close:
                closed = true;
                server.Shutdown(SocketShutdown.Send);
                client.Shutdown(SocketShutdown.Send);
                return (false, long.MaxValue);
            case LinkFaultKind.Silence:
                silent = true;
                return (true, long.MaxValue);
            default:
                Reset();        // at once: the other direction may wait for a client that says nothing more
                throw new OperationCanceledException("The connection is cut.");
        }
    }
}
