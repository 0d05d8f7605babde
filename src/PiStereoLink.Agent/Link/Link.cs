using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Carries one camera's frames to the receiver over a connection of its own, which it makes again whenever it is lost; either end
/// may start first. While it is down the newest frames wait, the older ones are dropped and counted.
/// </summary>
public sealed partial class Link
{
    /// <summary>A quarter of a second at 30 fps: rides out a hiccup of the network without showing the past.</summary>
    private const int FramesWaiting = 8;

    /// <summary>A connection that lived so long was in order. One that is closed at once is not, and is not hammered.</summary>
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(5);

    private readonly OutgoingFrames queue;
    private readonly CameraName camera;
    private readonly ReceiverAddress to;
    private readonly Tally tally;
    private readonly TimeProvider time;
    private readonly ILogger<Link> logger;
    private readonly Backoff backoff = new(Random.Shared);
    private string? toldFailure;        // the last failure that was logged: each is told once until something changes

    public Link(CameraName camera, ReceiverAddress to, Tally tally, TimeProvider time, ILogger<Link> logger)
    {
        (this.camera, this.to, this.tally, this.time, this.logger) = (camera, to, tally, time, logger);
        queue = new OutgoingFrames(FramesWaiting, frame => Drop(frame, DropReason.Link));
    }

    /// <summary>Takes frames and the duty to dispose them; never full, since the newest wins.</summary>
    public ChannelWriter<Frame> Frames => queue;

    /// <summary>Sends until <see cref="Frames"/> is complete and empty, then says goodbye.</summary>
    /// <param name="giveUp">What is not sent by then is dropped.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        try
        {
            while (await ConnectAsync(giveUp) is { } connection)
                await using (connection)
                    if (await ServeAsync(connection, giveUp))
                        return;
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            Log.GaveUp(logger, camera, queue.Count);
        }
        finally
        {
            queue.TryComplete();
            while (queue.TryRead(out var frame))
                Drop(frame, DropReason.Drain);
        }
    }

    /// <summary>Connects; null when meanwhile there is nothing left to send.</summary>
    private async Task<LinkConnection?> ConnectAsync(CancellationToken giveUp)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var connecting = TryUntilConnectedAsync(ended.Token);
        if (await Task.WhenAny(connecting, queue.Drained) != connecting)
            await ended.CancelAsync();
        try
        {
            return await connecting;
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<LinkConnection> TryUntilConnectedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var connection = await LinkConnection.OpenAsync(to, time, cancellationToken);
                Log.Connected(logger, camera, to, tally.Dropped(DropReason.Link));
                toldFailure = null;
                return connection;
            }
            catch (Exception e) when (e is SocketException or TimeoutException)
            {
                TellOnce(LinkFault.NotReached(e));
            }
            await Task.Delay(backoff.Next(), time, cancellationToken);
        }
    }

    /// <summary>Sends over one connection; true when everything has been sent, false when the connection was lost.</summary>
    private async Task<bool> ServeAsync(LinkConnection connection, CancellationToken giveUp)
    {
        var since = time.GetTimestamp();
        try
        {
            await SendAllAsync(connection, giveUp);
            await GoodbyeAsync(connection, giveUp);
            return true;
        }
        catch (Exception e) when (!giveUp.IsCancellationRequested && e is OperationCanceledException or IOException or SocketException)
        {
            var cause = e is SocketException ? e : connection.ClosedBecause;
            toldFailure = null;
            Log.Lost(logger, camera, to, LinkFault.Lost(cause));
        }
        if (time.GetElapsedTime(since) >= GoodConnection)
            backoff.Reset();
        await Task.Delay(backoff.Next(), time, giveUp);
        return false;
    }

    /// <summary>Sends what comes until all is sent, the connection is lost, or time is up: between two frames the stream can still end in order.</summary>
    private async Task SendAllAsync(LinkConnection connection, CancellationToken giveUp)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(connection.Closed, giveUp);
        using var wake = either.Token.UnsafeRegister(static queue => ((OutgoingFrames)queue!).Wake(), queue);
        while (!queue.Drained.IsCompleted && !giveUp.IsCancellationRequested)
        {
            await queue.WaitAsync();
            connection.Closed.ThrowIfCancellationRequested();
            while (!giveUp.IsCancellationRequested && queue.TryRead(out var frame))
                await SendAsync(connection, frame, either.Token);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(LinkConnection connection, Frame frame, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(frame, cancellationToken);
        }
        catch
        {
            Drop(frame, DropReason.Link);       // cut off: the receiver has at most a part of it, and cannot use that
            throw;
        }
        frame.Dispose();
        tally.CountUnconfirmed();
    }

    /// <summary>Everything is sent: a receiver that does not answer the goodbye changes nothing.</summary>
    private async Task GoodbyeAsync(LinkConnection connection, CancellationToken giveUp)
    {
        try
        {
            await connection.EndAsync(giveUp);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or OperationCanceledException)
        {
            Log.NoGoodbye(logger, camera, to);
        }
    }

    private void TellOnce(string failure)
    {
        if (failure != toldFailure)
            Log.NotReached(logger, camera, to, failure);
        toldFailure = failure;
    }

    private void Drop(Frame frame, DropReason reason)
    {
        frame.Dispose();
        tally.CountDropped(reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Camera {Camera}: connected to {Receiver} ({Dropped} frames dropped so far).")]
        public static partial void Connected(ILogger logger, CameraName camera, ReceiverAddress receiver, long dropped);

        [LoggerMessage(2, LogLevel.Warning, "Camera {Camera} cannot reach {Receiver}: {Failure} Trying again until it answers, at most 30 s apart.")]
        public static partial void NotReached(ILogger logger, CameraName camera, ReceiverAddress receiver, string failure);

        [LoggerMessage(3, LogLevel.Warning, "Camera {Camera} lost {Receiver}: {Failure} Connecting again.")]
        public static partial void Lost(ILogger logger, CameraName camera, ReceiverAddress receiver, string failure);

        [LoggerMessage(4, LogLevel.Warning, "Camera {Camera}: gave up sending with {Count} frames still queued.")]
        public static partial void GaveUp(ILogger logger, CameraName camera, int count);

        [LoggerMessage(5, LogLevel.Information, "Camera {Camera}: {Receiver} did not close its side after the end of the stream.")]
        public static partial void NoGoodbye(ILogger logger, CameraName camera, ReceiverAddress receiver);
    }
}
