namespace PiStereoLink.Tests.LinkFaults;

/// <summary>How many have come, and a wait for more of them.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add()
    {
        lock (gate)
        {
            count++;
            next.SetResult();
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until so many more have come; a program without which none will come has to live on meanwhile.</summary>
    public async Task MoreAsync(int further, Child program)
    {
        var until = Count + further;
        var ended = program.EndsAsync(Timeout.InfiniteTimeSpan);
        while (true)
        {
            Task another;
            lock (gate)
            {
                if (count >= until)
                    return;
                another = next.Task;
            }
            if (await Task.WhenAny(another, ended) == ended)
                throw new InvalidOperationException($"It has ended:\n{program.Said}");
        }
    }
}
