using System.Net;
using System.Net.Sockets;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Link;

/// <summary>Where frames come in, plainly or by TLS: accepts peers, within limits, serves each to its end and watches over all of them.</summary>
internal sealed partial class FramePort(
    FramePortOptions options, TrustOptions trust, TlsDoor door, OpenPeers openPeers, FrameConnectionHandler handler, FrameBudget budget, TimeProvider time, ILogger<FramePort> logger)
    : BackgroundService
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private readonly List<Entrance> entrances = [];
    private readonly OpenConnections connections = new(options.Limits);
    private readonly ILogger logger = new BoundedLog(logger, time, burst: 1);      // what is said here comes in floods, or once

    /// <exception cref="IOException">An address is taken or may not be opened; the message says what to do.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.IsOff)
        {
            entrances.Add(Entrance.Open(options.Listen, isTls: false));
            options.Bound = entrances[^1].Bound;
        }
        if (trust.Listen is { } address)
            OpenTls(address);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var stopped = base.StopAsync(cancellationToken);      // tells who accepts before the port closes under it, which would be a failure otherwise
        entrances.ForEach(static entrance => entrance.Dispose());
        await stopped;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watch = time.CreateTimer(_ => Watch(), null, WatchEvery, WatchEvery);
        await Task.WhenAll(entrances.Select(entrance => ServeAllAsync(entrance, stoppingToken)));
    }

    private void OpenTls(IPEndPoint address)
    {
        try
        {
            entrances.Add(Entrance.Open(address, isTls: true));
            door.Prepare();
            trust.Bound = entrances[^1].Bound;
        }
        catch (IOException e) when (!trust.MustListen && e.InnerException is SocketException)
        {
            Log.NoTls(logger, e.Message);
        }
    }

    private async Task ServeAllAsync(Entrance entrance, CancellationToken stopping)
    {
        var serving = new List<Task>();
        while (await AcceptAsync(entrance, stopping) is { } socket)
        {
            serving.RemoveAll(static one => one.IsCompleted);
            serving.Add(Admit(entrance, socket, stopping));
        }
        await Task.WhenAll(serving);
    }

    /// <summary>The next peer; null when the receiver stops.</summary>
    private async Task<Socket?> AcceptAsync(Entrance entrance, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                return await entrance.AcceptAsync(stopping);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return null;
            }
            catch (SocketException e)
            {
                // The peer has gone already, or the process may open no more files: the second passes when others leave.
                Log.NotAccepted(logger, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        return null;
    }

    private Task Admit(Entrance entrance, Socket socket, CancellationToken stopping)
    {
        OpenConnection open;
        try
        {
            open = new OpenConnection(entrance.Receive(socket), options, budget, time);
        }
        catch (SocketException)
        {
            socket.Dispose();       // gone before it could be looked at
            return Task.CompletedTask;
        }
        var why = entrance.IsTls || !trust.NearOnly || PlainPeers.IsNear(open.Connection.Remote.Address) ? connections.Refuse(open) : PlainPeers.TooFar;
        if (why is null)
            return ServeAsync(open, stopping);
        Log.Refused(logger, open.Connection.Remote, why);
        open.Connection.Abort(why);
        open.Dispose();
        return Task.CompletedTask;
    }

    private async Task ServeAsync(OpenConnection open, CancellationToken stopping)
    {
        // Not on the thread that accepts: a peer may have sent much already.
        await Task.Yield();
        try
        {
            if (open.Connection is not StreamConnection { Tls: { } tls })
                await handler.RunAsync(open, paired: null, stopping);
            else if (await door.AuthenticateAsync(tls, $"{open.Connection.Remote}", stopping) is { } node)
            {
                using var watched = openPeers.Watch(node.Node, node, open.Connection.Abort);
                await handler.RunAsync(open, node, stopping);
            }
        }
        catch (Exception e)
        {
            Log.Broken(logger, open.Connection.Remote, e);
        }
        finally
        {
            // Nor may the thread that waits for all sockets go on with what waits for this end.
            await Task.Yield();
            connections.Remove(open);
            open.Dispose();
        }
    }

    private void Watch()
    {
        foreach (var open in connections.All())
            open.Watch();
    }
}
