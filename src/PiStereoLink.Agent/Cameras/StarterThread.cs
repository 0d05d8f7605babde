using System.Collections.Concurrent;

namespace PiStereoLink.Agent;

/// <summary>
/// Starts every camera program, one at a time, on a thread that lives as long as the agent. The kernel kills a program that asked for it
/// (PR_SET_PDEATHSIG) when the thread that started it ends, not the process; pool threads come and go.
/// </summary>
internal static class StarterThread
{
    private const int StackBytes = 256 * 1024;

    private static readonly BlockingCollection<Action> Work = [];

    static StarterThread() => new Thread(Run, StackBytes) { IsBackground = true, Name = "starts cameras" }.Start();

    /// <summary>Does it there and waits for it.</summary>
    public static T Do<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>();
        Work.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
#pragma warning disable CA1031 // Do not catch general exception types: it is thrown again where the caller waits
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var work in Work.GetConsumingEnumerable())
            work();
    }
}
