using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Receiver.Trust;

/// <summary>The port of the paired nodes: accepts, has <see cref="TlsDoor"/> look at who it is, and hands those who are let in to what reads frames.</summary>
public sealed partial class TlsPort(TrustOptions options, TlsDoor door, OpenPeers open, FrameConnectionHandler frames, ILogger<TlsPort> logger) : BackgroundService
{
    /// <summary>Far more than there are Pis; each of those that wait for a handshake holds a socket and a few kB.</summary>
    private const int MostConnections = 1000;

    private readonly SemaphoreSlim room = new(MostConnections);
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpListener? listener;
    private int connections = 1;        // the accepting itself is one, so that idle comes last

    /// <summary>Opens the port, so that one that is taken is said before anything else starts.</summary>
    /// <exception cref="IOException">It is taken, or may not be opened.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Listen is { } address && TryListen(address))
        {
            door.Prepare();
            options.Bound = (IPEndPoint)listener!.LocalEndpoint;
        }
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        listener?.Stop();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener?.Dispose();
        room.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null)
            return;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await AcceptAsync(listener, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The receiver stops.
        }
        Leave();
        await idle.Task;
    }

    private async Task AcceptAsync(TcpListener from, CancellationToken stopping)
    {
        await room.WaitAsync(stopping);
        Socket? socket = null;
        try
        {
            socket = await from.AcceptSocketAsync(stopping);
            socket.NoDelay = true;
        }
        catch (SocketException e)       // gone before it was accepted, or there are too many open files
        {
            Log.NotAccepted(logger, e.Message);
            await Task.Delay(TimeSpan.FromMilliseconds(100), stopping);
        }
        finally
        {
            if (socket is null)
                room.Release();
        }
        if (socket is null)
            return;
        Interlocked.Increment(ref connections);
        _ = Task.Run(() => ServeAsync(socket, stopping), CancellationToken.None);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stopping)
    {
        var remote = socket.RemoteEndPoint as IPEndPoint;
        try
        {
            await using var network = new NetworkStream(socket, ownsSocket: true);
            if (await door.AuthenticateAsync(network, $"{remote}", stopping) is not { } paired)
                return;
            await using var stream = paired.Stream;
            await using var connection = new TlsConnection(stream, socket, remote, paired.Node, stopping);
            using var watched = open.Watch(paired.Node.Node, paired.Node, why =>
            {
                Log.Closed(logger, $"{remote}", paired.Node.Node, why);
                socket.Dispose();
            });
            await frames.OnConnectedAsync(connection);
            await connection.EndAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // It is gone; what there was to say has been said.
        }
        finally
        {
            room.Release();
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref connections) == 0)
            idle.TrySetResult();
    }

    private bool TryListen(IPEndPoint address)
    {
        var opened = new TcpListener(address);
        try
        {
            opened.Start();
            listener = opened;
            return true;
        }
        catch (SocketException e)
        {
            opened.Dispose();
            var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is taken by another program" : $"cannot be opened ({e.Message})";
            if (options.MustListen)
                throw new IOException($"{address} {why}. Stop that one, or choose another TLS port with --tls {address.Address}:PORT.", e);
            Log.NoPort(logger, $"{address}", why, $"{address.Address}");
            return false;
        }
    }

    /// <summary>What the frame handler asks of a connection.</summary>
    private sealed class TlsConnection : DefaultConnectionContext, IDuplexPipe, IConnectionSocketFeature
    {
        public TlsConnection(Stream stream, Socket socket, EndPoint? remote, PairedNode node, CancellationToken stopping) : base($"{remote}")
        {
            Socket = socket;
            Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
            Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            (Transport, RemoteEndPoint, ConnectionClosed) = (this, remote, stopping);
            Features.Set(node);
            Features.Set<IConnectionSocketFeature>(this);
        }

        public Socket Socket { get; }

        public PipeReader Input { get; }

        public PipeWriter Output { get; }

        public async Task EndAsync()
        {
            await Input.CompleteAsync();
            await Output.CompleteAsync();
        }

        public override void Abort(ConnectionAbortedException abortReason) => Socket.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(66, LogLevel.Warning, "{Peer} ({Node}) closed: {Why}.")]
        public static partial void Closed(ILogger logger, string peer, string node, string why);

        [LoggerMessage(67, LogLevel.Warning, "No TLS port: {Address} {Why}, so paired nodes cannot come in. Choose another with --tls {Host}:PORT, or say --tls off.")]
        public static partial void NoPort(ILogger logger, string address, string why, string host);

        [LoggerMessage(68, LogLevel.Warning, "A connection could not be accepted at the TLS port: {Message}")]
        public static partial void NotAccepted(ILogger logger, string message);
    }
}
