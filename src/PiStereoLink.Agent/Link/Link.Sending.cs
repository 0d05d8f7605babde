using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What goes out over one connection.</summary>
public sealed partial class Link
{
    /// <summary>
    /// How often the limits are looked at. Nothing is awaited of a receiver that never answers but that it has what was sent last; and looking
    /// wakes four threads, at 30 pictures a second a twentieth of what a picture costs (measured).
    /// </summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), LegacyPace = TimeSpan.FromSeconds(10);

    /// <summary>Sends what comes until all is answered for, the connection is lost, or time is up: between two frames the stream can still end in order.</summary>
    private async Task SendAllAsync(LinkConnection connection, CancellationToken giveUp)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(connection.Closed, giveUp);
        using var wake = either.Token.UnsafeRegister(static queue => ((OutgoingFrames)queue!).Wake(), queue);
        using var pace = time.CreateTimer(static link => ((Link)link!).BeginTending(), this, Pace, Pace);
        troubled = false;
        answeredAt = time.GetTimestamp();
        while (!giveUp.IsCancellationRequested)
        {
            connection.Closed.ThrowIfCancellationRequested();
            if (tending)
            {
                Tend(connection);
                if (conversation.Receiver == ReceiverKind.Legacy)
                    pace.Change(LegacyPace, LegacyPace);
            }
            await SendWaitingAsync(connection, either.Token);
            blocked = queue.Count > 0 || queue.Drained.IsCompleted || !putOff.IsEmpty || spool is { HasBacklog: true };
            if (blocked)
            {
                await SendWaitingAsync(connection, either.Token);       // an answer may have come before anybody was waiting for it
                if (AllSent)
                    return;
            }
            await queue.WaitAsync(forNews: blocked);
        }
    }

    /// <summary>Whether nothing is left for this connection; from a receiver that answers, the answers are waited for.</summary>
    private bool AllSent => queue.Drained.IsCompleted && putOff.IsEmpty && spool is not { HasBacklog: true }
        && (window.Count == 0 || conversation.Receiver != ReceiverKind.Stores && !(conversation.Receiver == ReceiverKind.Asked && MustAnswer));

    /// <summary>Sends while there is room: the newest frame, then one of those that waited, and so on.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendWaitingAsync(LinkConnection connection, CancellationToken cancellationToken)
    {
        for (var oldsTurn = false; !cancellationToken.IsCancellationRequested && TryTakeNext(Room(connection), oldsTurn, out var next); oldsTurn = !oldsTurn)
            await SendAsync(connection, next, cancellationToken);
    }

    private bool TryTakeNext(long room, bool oldsTurn, out SentFrame next) =>
        oldsTurn ? TryTakeOld(room, out next) || TryTakeNew(room, out next) : TryTakeNew(room, out next) || TryTakeOld(room, out next);

    private bool TryTakeNew(long room, out SentFrame next)
    {
        next = default;
        if (!queue.TryRead(out var frame, room))
            return false;
        frame = Dated(frame);
        next = new SentFrame(frame, frame.Identity, EndsAt: 0, Pause: TimeSpan.Zero);
        return true;
    }

    /// <summary>How large the next frame may be.</summary>
    private long Room(LinkConnection connection)
    {
        if (window.Count > 1)
            Settle(connection);
        return window.Room(answered: conversation.Receiver == ReceiverKind.Stores);
    }

    /// <summary>The oldest frame that waits. What the receiver has put off comes before the spool: it would put that off as well.</summary>
    private bool TryTakeOld(long room, out SentFrame old)
    {
        if (room == 0 || !putOff.IsEmpty)
            return putOff.TryTakeDue(room, out old);
        old = default;
        if (IsUnknown && window.Count > 0)
            return false;       // a file is not deleted on the word of one that has said nothing: first the verdict
        if (spool is null || !spool.TryTake(room, AwaitsClock, out var frame))
            return false;
        old = new SentFrame(frame, frame.Identity, EndsAt: 0, Pause: TimeSpan.Zero);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(LinkConnection connection, SentFrame next, CancellationToken cancellationToken)
    {
        var (talk, frame) = (conversation, next.Frame);
        if (talk.Receiver == ReceiverKind.Stores && frame.Bytes.Length + AckTrailer.Length > talk.MaxFrameBytes)
        {
            Refuse(frame, NackReason.TooLarge);
            return;
        }
        frame.TryRetain();      // an answer that comes too early must not give the bytes away
        try
        {
            var quiet = talk.Receiver != ReceiverKind.Legacy && connection.Delivered == connection.Sent;
            var framed = talk.Receiver == ReceiverKind.Legacy ? frame.Framed : frame.FramedWith(TrailerOf(frame, connection, quiet));
            if (window.Count == 0)
                answeredAt = time.GetTimestamp();
            var sentAt = quiet ? time.GetTimestamp() : 0;
            window.Add(next with { EndsAt = connection.Sent + framed.Length, SentAt = sentAt });
            if (quiet && talk.Receiver != ReceiverKind.Stores)
                talk.SentTimes.Add(next.Identity, sentAt);
            if (talk.FirstEndsAt == 0)
                talk.FirstEndsAt = connection.Sent + framed.Length;
            await connection.SendAsync(framed, cancellationToken);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>The first answer tells the receiver's clock; until it comes, frames that can wait for it on disk do.</summary>
    private bool AwaitsClock => redating is { Receiver.IsKnown: false } && conversation.MayTellClock
        && (window.Count > 0 || conversation.Receiver == ReceiverKind.Shows);

    /// <summary>A frame that comes straight from the camera has never been sent. One with a file is sent as the file is.</summary>
    private Frame Dated(Frame frame)
    {
        if (redating is not { Receiver.IsKnown: true } || frame.Stamp is not { } stamp || !redating.Concerns(stamp) || spool?.Holds(frame) == true
            || !redating.TryDate(frame.Bytes.Span, stamp, out var dated))
            return frame;
        frame.Dispose();
        return dated;
    }

    private AckTrailer TrailerOf(Frame frame, LinkConnection connection, bool quiet)
    {
        var identity = frame.Identity;
        var flags = (connection.Sent == 0 ? AckOptions.Offer | AckOptions.IdleLines : AckOptions.None)
            | (quiet ? AckOptions.ClockSample : AckOptions.None);
        return new AckTrailer(flags, Crc32C.Of(frame.Bytes.Span), identity.Sequence, Stamp.ToMicroseconds(time.GetUtcNow().UtcDateTime), identity.Run);
    }
}
