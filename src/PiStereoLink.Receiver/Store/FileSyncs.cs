namespace PiStereoLink.Receiver.Store;

/// <summary>
/// Syncs several files at a time. Their syncs then wait for the same writes of the file system's journal, where one after another each would
/// ask for its own. On threads of its own: those of the pool serve the network, and are few.
/// </summary>
internal sealed class FileSyncs : IDisposable
{
    /// <summary>Files synced at a time, by the caller and the threads beside it.</summary>
    private const int Width = 8;

    /// <summary>For fewer, waking a thread takes longer than the sync that it saves.</summary>
    private const int FilesPerThread = 2;

    private readonly SemaphoreSlim work = new(0);
    private readonly CountdownEvent done = new(1);
    private readonly List<Thread> threads = [];
    private IReadOnlyList<FrameFile> files = [];
    private int next;
    private volatile bool ended;

    /// <summary>Returns when all are synced or have failed.</summary>
    public void Sync(IReadOnlyList<FrameFile> written)
    {
        if (written.Count == 0)
            return;
        var helpers = Math.Max(Math.Min(written.Count / FilesPerThread, Width) - 1, 0);
        (files, next) = (written, 0);
        done.Reset(helpers + 1);
        while (threads.Count < helpers)
            threads.Add(Started());
        if (helpers > 0)
            work.Release(helpers);
        SyncOn();
        done.Wait();
    }

    public void Dispose()
    {
        ended = true;
        work.Release(Width);
        threads.ForEach(thread => thread.Join());
        work.Dispose();
        done.Dispose();
    }

    private Thread Started()
    {
        var thread = new Thread(Serve) { IsBackground = true, Name = "store sync" };
        thread.Start();
        return thread;
    }

    private void Serve()
    {
        while (true)
        {
            work.Wait();
            if (ended)
                return;
            SyncOn();
        }
    }

    private void SyncOn()
    {
        for (int at; (at = Interlocked.Increment(ref next) - 1) < files.Count;)
            files[at].Sync();
        done.Signal();
    }
}
