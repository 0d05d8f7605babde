using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Where frames go that are not on their way.</summary>
public sealed partial class Link
{
    /// <summary>Done with: the receiver has it.</summary>
    private void Release(Frame frame)
    {
        spool?.Release(frame);
        frame.Dispose();
    }

    /// <summary>The receiver will never take it.</summary>
    private void Refuse(Frame frame, string why)
    {
        if (Interlocked.Increment(ref refusals) is var count && ulong.IsPow2(count))
            Log.Refused(logger, camera, to, frame.Identity.Sequence, why, count);
        tally.CountDropped(DropReason.Refused);
        if (spool is not null && mode != SpoolMode.Off)
            spool.Refuse(frame);
        else
            Release(frame);
    }

    /// <summary>Frames on disk that are not under way.</summary>
    private long WaitingOnDisk()
    {
        var waiting = spool!.Count;
        window.ForEach(frame => waiting -= spool.HasFile(frame) ? 1 : 0);
        return Math.Max(waiting, 0);
    }

    /// <summary>No room in memory: it waits on disk where it may, else it is dropped.</summary>
    private void Displace(Frame frame, DropReason reason)
    {
        if (spool is not null && spool.Holds(frame))
            spool.GiveBack(frame);
        else if (spool is { Failing: null } && Spools)
        {
            if (spool.TryStore(frame, AfterStoring.Backlog, patient: reason == DropReason.Drain))
                return;
            tally.CountDropped(DropReason.Disk);
        }
        else
            tally.CountDropped(Spools && spool?.Failing is { } failing ? failing : reason);
        frame.Dispose();
    }

    /// <summary>The same for a frame that has been sent already: its bytes stay as the receiver may know them.</summary>
    private void DisplaceSent(Frame frame, DropReason reason)
    {
        spool?.MarkSent(frame);
        Displace(frame, reason);
    }

    /// <summary>The connection is gone: what was not answered is sent again over the next one, from disk where frames may go there.</summary>
    private void TakeBack()
    {
        troubled = true;
        while (window.TryTakeFirst(long.MaxValue, out var sent))
        {
            if (spool is { } && (spool.Holds(sent.Frame) || Spools && spool.Failing is null))
                DisplaceSent(sent.Frame, DropReason.Drain);
            else
                putOff.Again(sent);
        }
    }

    /// <summary>The end: what is left stays on disk where frames may go there. What was sent without an answer is in flight for ever.</summary>
    private async Task LeaveAsync()
    {
        Frames.TryComplete();
        queue.TryComplete();
        troubled = true;
        var inFlight = 0;
        TakeBack();
        while (putOff.TryTake(out var sent))
            if (sent.Pause == TimeSpan.Zero && (spool is null || !spool.Holds(sent.Frame) && !Spools))
            {
                inFlight++;
                sent.Frame.Dispose();
            }
            else
                Displace(sent.Frame, DropReason.Drain);
        while (queue.TryRead(out var frame))
            Displace(frame, DropReason.Drain);
        if (spool is not null)
            await spool.EndAsync();
        tally.CountLeft(spool?.Count ?? 0, inFlight);
    }

    /// <summary>Where the camera puts its frames: straight into the queue, or by way of the disk.</summary>
    private sealed class Intake(Link link) : ChannelWriter<Frame>
    {
        private volatile bool ended;

        public override bool TryWrite(Frame item)
        {
            if (ended || !link.Spools)
                return !ended && link.queue.TryWrite(item);
            if (!link.spool!.TryStore(item, AfterStoring.Live))
            {
                item.Dispose();
                link.tally.CountDropped(DropReason.Disk);
            }
            return true;
        }

        public override bool TryComplete(Exception? error = null)
        {
            if (ended)
                return false;
            ended = true;
            link.spool!.AfterAll(() => link.queue.TryComplete());
            return true;
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(!ended);
    }
}
