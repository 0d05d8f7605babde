using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// The frames of one camera that wait to be sent; when there are too many the oldest is dropped. For one reader. It is no ordinary
/// channel because a wait that can be called off costs garbage there, and there is one for every picture.
/// </summary>
/// <param name="capacity">How many frames may wait.</param>
/// <param name="drop">Takes each frame that is dropped.</param>
[SuppressMessage("Reliability", "CA2000", Justification = "Frames pass through; whoever takes one out disposes it.")]
public sealed class OutgoingFrames(int capacity, Action<Frame> drop) : ChannelWriter<Frame>, IValueTaskSource
{
    private readonly Queue<Frame> frames = new(capacity);                   // under gate
    private readonly Lock gate = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ManualResetValueTaskSourceCore<bool> news;                       // its continuation runs on the writer's thread: one less to wake
    private bool awaited, awake, ended;                                      // under gate

    /// <summary>Completes when no frame is left and none will come.</summary>
    public Task Drained => drained.Task;

    public int Count
    {
        get
        {
            lock (gate)
                return frames.Count;
        }
    }

    /// <summary>Takes a frame and the duty to dispose it; false when the queue has ended.</summary>
    public override bool TryWrite(Frame item) => TryWrite(item, capacity);

    /// <summary>The same, and nothing else waits beside it: for frames that need not wait here, since they are on disk.</summary>
    public bool TryReplace(Frame item) => TryWrite(item, most: 1);

    public override bool TryComplete(Exception? error = null)
    {
        lock (gate)
        {
            if (ended)
                return false;
            ended = true;
            TellDrained();
        }
        Wake();
        return true;
    }

    /// <summary>Never waits: there is always room.</summary>
    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(!ended);

    /// <summary>The oldest frame, owned by the caller; false when there is none, or it is larger than <paramref name="room"/>.</summary>
    public bool TryRead(out Frame frame, long room = long.MaxValue)
    {
        lock (gate)
        {
            var found = frames.TryPeek(out frame) && frame.Bytes.Length <= room;
            if (found)
                frames.Dequeue();
            TellDrained();
            return found;
        }
    }

    /// <summary>Waits for a frame, for the end, or for <see cref="Wake"/>; whoever waits looks which it was.</summary>
    /// <param name="forNews">What is here already cannot be sent: wait for something to happen.</param>
    public ValueTask WaitAsync(bool forNews = false)
    {
        lock (gate)
        {
            if (awake || !forNews && frames.Count > 0)
            {
                awake = false;
                return ValueTask.CompletedTask;
            }
            news.Reset();
            awaited = true;
            return new ValueTask(this, news.Version);
        }
    }

    /// <summary>Ends the wait under way, or the next one.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (!Wakes())
            {
                awake = true;
                return;
            }
        }
        news.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => news.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => news.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        news.OnCompleted(continuation, state, token, flags);

    private bool TryWrite(Frame item, int most)
    {
        var wake = false;
        lock (gate)
        {
            if (ended)
                return false;
            frames.Enqueue(item);
            wake = Wakes();
            awake |= !wake;
        }
        while (TryTakeExcess(most, out var dropped))
            drop(dropped);
        if (wake)
            news.SetResult(true);
        return true;
    }

    private bool TryTakeExcess(int most, out Frame frame)
    {
        lock (gate)
        {
            frame = default;
            return frames.Count > most && frames.TryDequeue(out frame);
        }
    }

    private bool Wakes()
    {
        var was = awaited;
        awaited = false;
        return was;
    }

    private void TellDrained()
    {
        if (ended && frames.Count == 0)
            drained.TrySetResult();
    }
}
