using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What comes back, or does not.</summary>
public sealed partial class Link
{
    /// <summary>Without an acknowledgement for so long, frames are better off on disk.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>A hello comes one round trip after the first frame; at 30 fps this is a quarter of a second.</summary>
    private const int FramesUntilHello = 8;

    private Conversation conversation = null!;      // of the connection there is, or is being made
    private volatile bool tending;                  // it is time for Tend
    private ulong refusals, putOffs;                // how often; told the first time, then at each power of two
    private long answeredAt;                        // the last acknowledgement, or when something began to wait for one

    /// <summary>Whether it may yet turn out to be one that acknowledges.</summary>
    private bool IsUnknown => conversation.Receiver == ReceiverKind.Asked && !MustAnswer;

    /// <summary>Takes a line. On the thread that reads.</summary>
    private void Heard(ReceiverLine line)
    {
        if (peer == PeerKind.Recipe)
            return;
        conversation.Heard();
        switch (line.Kind)
        {
            case ReceiverLineKind.Hello:
                conversation.Hello(line);
                Remember();
                Log.Hello(logger, camera, to, line.Stores ? "stores them" : "stores none, so they count as unconfirmed");
                break;
            case ReceiverLineKind.Ack when window.TryTake(line.Identity, out var sent):
                Volatile.Write(ref answeredAt, time.GetTimestamp());
                troubled = false;
                conversation.HasAcknowledged = true;
                tally.CountAcked();
                redating?.Receiver.Heard(sent.SentAt, line);
                Release(sent.Frame);
                break;
            case ReceiverLineKind.Seen when conversation.SentTimes.TryTake(line.Identity, out var sentAt):
                redating?.Receiver.Heard(sentAt, line);
                break;
            case ReceiverLineKind.Nack when window.TryTake(line.Identity, out var sent):
                if (line.Retry)
                {
                    if (sent.Pause == TimeSpan.Zero && ulong.IsPow2(++putOffs))
                        Log.PutOff(logger, camera, to, line.Identity.Sequence, Reason(line), putOffs);
                    putOff.Later(sent);
                }
                else
                    Refuse(sent.Frame, Reason(line));
                break;
        }
        if (blocked)
            queue.Wake();
    }

    private static string Reason(in ReceiverLine line) => ForeignText.Shown(line.Why ?? "no reason given");

    private void BeginTending()
    {
        tending = true;
        queue.Wake();
    }

    /// <summary>Looks at what time decides.</summary>
    private void Tend(LinkConnection connection)
    {
        tending = false;
        var talk = conversation;
        if (talk.HelloIsOverdue(connection))
        {
            if (MustAnswer)
                throw new ReceiverSilentException("it acknowledges frames, but has not answered the first one. Is another program listening there now?");
            talk.Receiver = ReceiverKind.Legacy;
            Log.Legacy(logger, camera, to);
        }
        if (talk.Silence() is { } silence)
            throw new ReceiverSilentException($"it has said nothing for {silence.TotalSeconds:0} s.");
        Settle(connection);
        if (!talk.NeverConfirms && !troubled && (window.Count > 0 || !putOff.IsEmpty) && time.GetElapsedTime(Volatile.Read(ref answeredAt)) >= AnswerLimit)
        {
            troubled = true;
            if (Spools)
                window.ForEach(frame =>
                {
                    if (frame.TryRetain() && !spool!.TryStore(frame, AfterStoring.InFlight, patient: true))
                        frame.Dispose();
                });
        }
    }

    /// <summary>
    /// Counts what was delivered to a receiver that does not confirm. One that has never confirmed anything and still owes its hello is
    /// given a few frames' time; pictures neither halt nor pile up until the verdict. What has a file is not deleted on the word of such a one.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ended">It ended in order: one that has said nothing all the while will not do so any more.</param>
    private void Settle(LinkConnection connection, bool ended = false)
    {
        var kept = conversation.NeverConfirms || ended && IsUnknown ? 0 : IsUnknown && spool is not { IsEmpty: false } ? FramesUntilHello : int.MaxValue;
        if (window.Count <= kept)
            return;
        for (var delivered = connection.Delivered; window.Count > kept && window.TryTakeFirst(delivered, out var sent);)
        {
            tally.CountUnconfirmed();
            Release(sent.Frame);
        }
    }

    private void Remember()
    {
        acknowledges = true;
        try
        {
            known.Add(to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRemembered(logger, camera, to, e.Message);
        }
    }
}
