using System.Diagnostics.CodeAnalysis;

namespace PiStereoLink.Receiver.Depth;

/// <summary>Holds the newest of something for any number of readers; who comes late misses some and always gets the newest.</summary>
public sealed class Latest<T>
    where T : class
{
    private readonly Lock gate = new();
    private T? newest;
    private long version;
    private TaskCompletionSource? change;

    /// <summary>How many there have been: what a reader has seen when it passes this to <see cref="NextAsync"/>.</summary>
    public long Version => Volatile.Read(ref version);

    public bool TryGet([NotNullWhen(true)] out T? value) => (value = Volatile.Read(ref newest)) is not null;

    public void Publish(T value)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            Volatile.Write(ref newest, value);
            Volatile.Write(ref version, version + 1);
            (waiting, change) = (change, null);
        }
        waiting?.SetResult();
    }

    /// <summary>The newest one once there have been more than <paramref name="seen"/>.</summary>
    public async Task<(T Value, long Version)> NextAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (version > seen)
                    return (newest!, version);
                wait = (change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await wait.WaitAsync(cancellationToken);
        }
    }
}
