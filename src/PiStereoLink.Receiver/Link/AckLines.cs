using System.IO.Pipelines;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// What a peer is told that has asked for acknowledgements. The connection, the store's writer and the idle timer add lines; whoever
/// finds nobody writing writes all that wait. Nobody waits for the peer: 4 kB of lines at most are kept for one that does not read.
/// </summary>
public sealed partial class AckLines : IStoreWitness
{
    /// <summary>4 kB of acknowledgements of 88 bytes. An agent has 16 frames under way at most.</summary>
    private const int MaxPending = 4096 / 88;

    /// <summary>
    /// Between two lines that only tell the clock. An agent looks at 64 samples, so at those of the last 6 s; while it waits for the next one,
    /// its bound grows by 10 µs. What a peer can ask for is 1 kB a second, however many frames it sends.
    /// </summary>
    private static readonly TimeSpan SeenApart = TimeSpan.FromMilliseconds(100);

    private readonly PipeWriter output;
    private readonly FramePortOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> drop;
    private readonly ITimer? idle;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();

    private readonly Dictionary<string, long> nackedBeforeName = [];      // the connection's reader only
    private long? seenToldAt;                                             // the connection's reader only

    // Under the gate.
    private Camera? camera;
    private readonly ReceiverLine[] pending = new ReceiverLine[MaxPending];
    private int count;
    private int unsettled;
    private long lastLine;
    private bool writing, ending, closed;

    /// <summary>Says hello.</summary>
    /// <param name="output">The connection's.</param>
    /// <param name="stores">True when frames are kept and so can be acknowledged.</param>
    /// <param name="idleLines">True when the peer wants a line now and then.</param>
    /// <param name="options">How long is too long.</param>
    /// <param name="time">The clock of t3.</param>
    /// <param name="drop">Ends the connection of a peer that does not read; the sentence says why.</param>
    public AckLines(PipeWriter output, bool stores, bool idleLines, FramePortOptions options, TimeProvider time, Action<string> drop)
    {
        (this.output, this.options, this.time, this.drop) = (output, options, time, drop);
        lastLine = time.GetTimestamp();
        Add(new ReceiverLine(ReceiverLineKind.Hello) { MaxFrameBytes = options.MaxFrameBytes, Stores = stores, IdleSeconds = (int)options.IdleLines.TotalSeconds });
        Flush();
        idle = idleLines ? time.CreateTimer(_ => OnIdle(), null, options.IdleLines, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>From here on, and for what was told before its name was known, counts at this camera.</summary>
    public void CountFor(Camera named)
    {
        lock (gate)
            camera = named;
        foreach (var (why, told) in nackedBeforeName)
            named.CountNacked(why, told);
    }

    /// <summary>Tells that a frame was not taken.</summary>
    public void Nack(FrameIdentity identity, string why, bool retry)
    {
        AddNack(identity, why, retry);
        Flush();
    }

    /// <summary>Tells the clock by a frame that is not kept, unless that was told just now.</summary>
    /// <param name="identity">The frame.</param>
    /// <param name="arrivedAtMicroseconds">When its length header arrived, since 1970.</param>
    public void Seen(FrameIdentity identity, long arrivedAtMicroseconds)
    {
        if (seenToldAt is { } last && time.GetElapsedTime(last) < SeenApart)
            return;
        seenToldAt = time.GetTimestamp();
        Add(new ReceiverLine(ReceiverLineKind.Seen) { Identity = identity, ArrivedAtMicroseconds = arrivedAtMicroseconds });
        Flush();
    }

    public void Given()
    {
        lock (gate)
            unsettled++;
    }

    public void Settled(in StoreEntry entry, StoreOutcome outcome)
    {
        var identity = entry.Frame.Identity;
        if (outcome == StoreOutcome.Failed)
            AddNack(identity, NackReason.DiskFull, retry: true);
        else if (outcome == StoreOutcome.OverQuota)
            AddNack(identity, NackReason.Quota, retry: true);
        else if (outcome != StoreOutcome.Withdrawn && Add(new ReceiverLine(ReceiverLineKind.Ack) { Identity = identity, ArrivedAtMicroseconds = entry.ArrivedAtMicroseconds }))
            camera?.CountAcked();
        lock (gate)
        {
            unsettled--;
            CheckEnd();
        }
    }

    /// <summary>Ends when every frame given to the store is settled and told, or, without <paramref name="deliver"/>, when nobody writes any more.</summary>
    public async Task EndAsync(bool deliver)
    {
        if (idle is not null)
            await idle.DisposeAsync();
        lock (gate)
        {
            ending = true;
            closed |= !deliver;
            CheckEnd();
        }
        await ended.Task;
    }

    private void AddNack(FrameIdentity identity, string why, bool retry)
    {
        if (Add(new ReceiverLine(ReceiverLineKind.Nack) { Identity = identity, Why = why, Retry = retry }))
            Count(why);
    }

    private void Count(string why)
    {
        if (camera is { } named)
            named.CountNacked(why);
        else
            nackedBeforeName[why] = nackedBeforeName.GetValueOrDefault(why) + 1;
    }

    /// <summary>False when the connection is over, for this or for another reason.</summary>
    private bool Add(in ReceiverLine line)
    {
        lock (gate)
        {
            if (closed)
                return false;
            if (count < MaxPending)
            {
                pending[count++] = line;
                return true;
            }
            closed = true;
        }
        drop($"it has left more than {MaxPending} lines unread");
        return false;
    }

    private void OnIdle()
    {
        TimeSpan quiet;
        lock (gate)
            quiet = time.GetElapsedTime(lastLine);
        var due = quiet >= options.IdleLines;
        if (due)
        {
            Add(new ReceiverLine(ReceiverLineKind.Idle));
            Flush();
        }
        idle?.Change(due ? options.IdleLines : options.IdleLines - quiet, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Under the gate.</summary>
    private void CheckEnd()
    {
        if (!ending || writing || (!closed && (unsettled > 0 || count > 0)))
            return;
        closed = true;
        ended.TrySetResult();
    }
}
