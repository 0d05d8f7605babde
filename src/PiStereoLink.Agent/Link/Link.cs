using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Carries one camera's frames to the receiver over a connection of its own, which it makes again whenever it is lost; either end
/// may start first. A frame is done with when the receiver has it on disk; from one that never says so, when it was delivered. While the
/// connection is down the newest frames wait in memory and the others on disk, or they are dropped and counted.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Frames pass through; whoever takes one out disposes it.")]
public sealed partial class Link
{
    /// <summary>A quarter of a second at 30 fps: rides out a hiccup of the network without showing the past.</summary>
    private const int FramesWaiting = 8;

    /// <summary>A connection that lived so long was in order. One that is closed at once is not, and is not hammered.</summary>
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(5);

    private readonly OutgoingFrames queue;
    private readonly SendWindow window = new();
    private readonly PutOff putOff;
    private readonly CameraName camera;
    private readonly ReceiverAddress to;
    private readonly PeerKind peer;
    private readonly PinnedReceiver? pinned;
    private readonly KnownReceivers known;
    private readonly Spool? spool;
    private readonly SpoolMode mode;
    private readonly Redating? redating;
    private readonly Tally tally;
    private readonly TimeProvider time;
    private readonly ILogger<Link> logger;
    private readonly Backoff backoff = new(Random.Shared);
    private string? toldFailure;            // the last failure that was logged: each is told once until something changes
    private volatile bool acknowledges;     // this receiver has ever said so
    private volatile bool troubled = true;  // no connection, or no answer for too long
    private volatile bool blocked;          // the sender waits for answers

    /// <param name="spool">Where frames wait on disk; null when there is no such place.</param>
    /// <param name="mode">When they go there.</param>
    /// <param name="redating">The receiver's clock; null leaves all clocks alone.</param>
    /// <param name="pinned">The receiver's key, and ours; null to send unencrypted.</param>
    public Link(CameraName camera, ReceiverAddress to, PeerKind peer, KnownReceivers known, Spool? spool, SpoolMode mode,
        Tally tally, TimeProvider time, ILogger<Link> logger, Redating? redating = null, PinnedReceiver? pinned = null)
    {
        (this.camera, this.to, this.peer, this.known, this.spool, this.mode) = (camera, to, peer, known, spool, mode);
        (this.tally, this.time, this.logger, this.redating, this.pinned) = (tally, time, logger, redating, pinned);
        acknowledges = known.Has(to);
        queue = new OutgoingFrames(FramesWaiting, frame => Displace(frame, DropReason.Link));
        putOff = new PutOff(time, frame => DisplaceSent(frame, DropReason.Link));
        Frames = spool is null ? queue : new Intake(this);
        if (spool is not null)
            tally.WatchDisk(WaitingOnDisk);
        spool?.Start(frame => spool.Holds(frame) ? queue.TryReplace(frame) : queue.TryWrite(frame), queue.Wake);
    }

    /// <summary>Takes frames and the duty to dispose them; never full, since the newest wins.</summary>
    public ChannelWriter<Frame> Frames { get; }

    /// <summary>Whether silence is a fault here.</summary>
    private bool MustAnswer => peer != PeerKind.Recipe && (peer == PeerKind.Acks || acknowledges);

    /// <summary>Whether frames go to disk now.</summary>
    private bool Spools => mode switch
    {
        SpoolMode.Always => true,
        SpoolMode.Auto => troubled,
        SpoolMode.AutoForKnown => troubled && acknowledges,
        _ => false,
    };

    private bool IsEmpty => queue.Drained.IsCompleted && window.Count == 0 && putOff.IsEmpty && spool is not { HasBacklog: true };

    /// <summary>Sends until <see cref="Frames"/> is complete and everything is answered for, then says goodbye.</summary>
    /// <param name="giveUp">What is not sent by then stays on disk, or is dropped.</param>
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
            await LeaveAsync();
        }
    }

    /// <summary>Connects; null when meanwhile there is nothing left to send.</summary>
    private async Task<LinkConnection?> ConnectAsync(CancellationToken giveUp)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var connecting = TryUntilConnectedAsync(ended.Token);
        if (await Task.WhenAny(connecting, queue.Drained) != connecting && IsEmpty)
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
                conversation = new Conversation(peer == PeerKind.Recipe ? ReceiverKind.Legacy : ReceiverKind.Asked, time);
                var connection = await LinkConnection.OpenAsync(to, pinned, Heard, time, cancellationToken);
                Log.Connected(logger, camera, to, tally.Dropped(DropReason.Link));
                toldFailure = null;
                return connection;
            }
            catch (Exception e) when (e is SocketException or TimeoutException or TrustException)
            {
                TellOnce(LinkFault.NotReached(e));
            }
            await Task.Delay(backoff.Next(), time, cancellationToken);
        }
    }

    /// <summary>Sends over one connection; true when everything has been sent or time is up, false when the connection was lost.</summary>
    private async Task<bool> ServeAsync(LinkConnection connection, CancellationToken giveUp)
    {
        var since = time.GetTimestamp();
        try
        {
            await SendAllAsync(connection, giveUp);
            await GoodbyeAsync(connection, giveUp);
            Settle(connection, ended: true);
            if (IsEmpty || giveUp.IsCancellationRequested)
                return true;
        }
        catch (Exception e) when (!giveUp.IsCancellationRequested && e is OperationCanceledException or IOException or SocketException)
        {
            var cause = e is SocketException or ReceiverSilentException ? e : connection.ClosedBecause;
            toldFailure = null;
            Log.Lost(logger, camera, to, LinkFault.Lost(cause));
        }
        finally
        {
            Settle(connection);
        }
        TakeBack();
        if (conversation.HasAcknowledged || time.GetElapsedTime(since) >= GoodConnection)
            backoff.Reset();
        await Task.Delay(backoff.Next(), time, giveUp);
        return false;
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

        [LoggerMessage(6, LogLevel.Information, "Camera {Camera}: {Receiver} acknowledges frames and {What}.")]
        public static partial void Hello(ILogger logger, CameraName camera, ReceiverAddress receiver, string what);

        [LoggerMessage(7, LogLevel.Information, "Camera {Camera}: {Receiver} does not acknowledge frames; those that are delivered count as unconfirmed.")]
        public static partial void Legacy(ILogger logger, CameraName camera, ReceiverAddress receiver);

        [LoggerMessage(8, LogLevel.Warning, "Camera {Camera}: {Receiver} refused frame {Frame}: {Why}. It is not sent again. ({Count} so far.)")]
        public static partial void Refused(ILogger logger, CameraName camera, ReceiverAddress receiver, ulong frame, string why, ulong count);

        [LoggerMessage(9, LogLevel.Warning, "Camera {Camera}: {Receiver} cannot take frame {Frame} now: {Why}. It is sent again later. ({Count} so far.)")]
        public static partial void PutOff(ILogger logger, CameraName camera, ReceiverAddress receiver, ulong frame, string why, ulong count);

        [LoggerMessage(10, LogLevel.Warning, "Camera {Camera}: the state folder cannot remember that {Receiver} acknowledges: {Message}")]
        public static partial void NotRemembered(ILogger logger, CameraName camera, ReceiverAddress receiver, string message);
    }
}
