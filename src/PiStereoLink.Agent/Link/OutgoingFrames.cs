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
    public override bool TryWrite(Frame item)
    {
        var (dropped, wake) = (default(Frame), false);
        lock (gate)
        {
            if (ended)
                return false;
            if (frames.Count == capacity)
                dropped = frames.Dequeue();
            frames.Enqueue(item);
            wake = Wakes();
        }
        if (dropped != default)
            drop(dropped);
        if (wake)
            news.SetResult(true);
        return true;
    }

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

    /// <summary>The oldest frame, owned by the caller; false when there is none.</summary>
    public bool TryRead(out Frame frame)
    {
        lock (gate)
        {
            var found = frames.TryDequeue(out frame);
            TellDrained();
            return found;
        }
    }

    /// <summary>Waits for a frame, for the end, or for <see cref="Wake"/>; whoever waits looks which it was.</summary>
    public ValueTask WaitAsync()
    {
        lock (gate)
        {
            if (frames.Count > 0 || ended || awake)
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
