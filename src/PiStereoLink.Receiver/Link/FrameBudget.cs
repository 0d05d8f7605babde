namespace PiStereoLink.Receiver.Link;

/// <summary>
/// The memory of all frames that are still coming in. Each connection has an allowance of its own, so that small frames never wait;
/// what large ones hold above it is counted here, and while that is over the limit one frame grows on and the others wait.
/// </summary>
internal sealed class FrameBudget(long limit)
{
    // What a connection holds without being counted: the first array that a frame gets; and what one of a usual size needs, where the peer
    // has shown that it sends them. A thousand cameras in the middle of a picture each are not short of memory.
    private const int FirstAllowance = 32 * 1024, UsualAllowance = 128 * 1024;

    private readonly Lock gate = new();
    private long used;
    private TaskCompletionSource? change;
    private object? first;      // who may grow on while the limit is passed: without one, they would all wait for each other

    /// <summary>True while memory is short: a frame is growing past the limit.</summary>
    public bool IsOver => Volatile.Read(ref first) is not null || Volatile.Read(ref used) > limit;

    public long Used => Volatile.Read(ref used);

    /// <summary>Counts what a connection holds instead of what it held; returns what is counted for it now.</summary>
    public long Count(object who, long before, int heldBytes, int largestFrame)
    {
        var now = Math.Max(0, heldBytes - Allowance(largestFrame));
        if (now == before)
            return now;
        TaskCompletionSource? waiting = null;
        lock (gate)
        {
            used += now - before;
            if (now < before && first == who)
                first = null;
            if (now < before)
                (waiting, change) = (change, null);
        }
        waiting?.SetResult();
        return now;
    }

    /// <summary>Whether this connection's frame may take so much more memory now; if not, what to wait for before it asks again.</summary>
    public bool MayGrow(object who, int bytes, out Task changed)
    {
        lock (gate)
        {
            changed = Task.CompletedTask;
            if (used + bytes <= limit || (first ??= who) == who)
                return true;
            changed = (change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return false;
        }
    }

    /// <summary>What a connection may hold without being counted. An array is less than twice as large as its frame.</summary>
    private static int Allowance(int largestFrame) => (int)Math.Clamp(2L * largestFrame, FirstAllowance, UsualAllowance);
}
