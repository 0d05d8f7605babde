using System.Net;
using System.Net.Sockets;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Receiver.Link;

/// <summary>The port where frames come in: accepts peers, within limits, serves each to its end and watches over all of them.</summary>
internal sealed partial class FramePort : BackgroundService
{
    /// <summary>Agents that come back all at once wait here to be accepted; the kernel takes less if it is set so.</summary>
    private const int Backlog = 1024;

    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1), RefusalsEvery = TimeSpan.FromSeconds(10);

    private readonly FramePortOptions options;
    private readonly FrameConnectionHandler handler;
    private readonly FrameBudget budget;
    private readonly OpenConnections connections;
    private readonly Repeats refusals;
    private readonly TimeProvider time;
    private readonly ILogger<FramePort> logger;
    private Socket? listener;

    public FramePort(
        FramePortOptions options, CameraDirectory cameras, LegacyNames legacyNames, TimeProvider time, ILogger<FramePort> logger, ILoggerFactory loggers, FrameStore? store = null)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        budget = new FrameBudget(options.Limits.FrameMegabytes * 1024L * 1024);
        connections = new OpenConnections(options.Limits);
        refusals = new Repeats(RefusalsEvery, time);
        handler = new FrameConnectionHandler(options, cameras, legacyNames, budget, time, loggers.CreateLogger<FrameConnectionHandler>(), store);
    }

    /// <exception cref="IOException">The port is taken or may not be opened; the message says what to do.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listener = Open(options.Listen);
        options.Bound = (IPEndPoint)listener.LocalEndPoint!;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        listener?.Dispose();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watch = time.CreateTimer(_ => Watch(), null, WatchEvery, WatchEvery);
        var serving = new List<Task>();
        while (await AcceptAsync(stoppingToken) is { } socket)
        {
            serving.RemoveAll(static one => one.IsCompleted);
            serving.Add(Admit(socket, stoppingToken));
        }
        await Task.WhenAll(serving);
    }

    private static Socket Open(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // [::] takes IPv4 peers too.
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{address} is taken by another program. Stop that one, or choose another port with --listen {address.Address}:PORT."
                : $"{address} cannot be listened on: {e.Message}. Choose another with --listen ADDRESS:PORT.", e);
        }
    }

    /// <summary>The next peer; null when the receiver stops.</summary>
    private async Task<Socket?> AcceptAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                return await listener!.AcceptAsync(stopping);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return null;
            }
            catch (SocketException e)
            {
                // The peer has gone already, or the process may open no more files: the second passes when others leave.
                if (refusals.MayTell(out var untold))
                    Log.NotAccepted(logger, e.Message, untold);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        return null;
    }

    private Task Admit(Socket socket, CancellationToken stopping)
    {
        OpenConnection open;
        try
        {
            open = new OpenConnection(new SocketConnection(socket), options, budget, time);
        }
        catch (SocketException)
        {
            socket.Dispose();       // gone before it could be looked at
            return Task.CompletedTask;
        }
        if (connections.Refuse(open) is not { } why)
            return ServeAsync(open, stopping);
        if (refusals.MayTell(out var untold))
            Log.Refused(logger, open.Connection.Remote, why, untold);
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
            await handler.RunAsync(open, stopping);
        }
        catch (Exception e)
        {
            Log.Broken(logger, open.Connection.Remote, e);
        }
        finally
        {
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
