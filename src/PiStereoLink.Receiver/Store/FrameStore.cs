using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Receiver.Store;

/// <summary>
/// Keeps frames as files. Connections wait for room in a bounded queue, so a slow disk slows the senders and loses nothing; files
/// of one batch are written and synced together, renamed into place, and their folders synced.
/// </summary>
public sealed partial class FrameStore(string directory, CameraDirectory cameras, ILogger<FrameStore> logger) : BackgroundService
{
    /// <summary>Frames between the network and the disk: half a second of 64 cameras at 1 fps, one batch of a busy one.</summary>
    private const int QueueFrames = 32;

    private readonly Channel<Frame> queue = Channel.CreateBounded<Frame>(new BoundedChannelOptions(QueueFrames) { SingleReader = true });
    private readonly HashSet<string> knownFolders = [];     // writer only
    private long stored;

    public string Directory => directory;

    public long Stored => Volatile.Read(ref stored);

    /// <summary>False from the first frame that could not be kept until the next that could.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>Queues a frame; the store takes a reference of its own.</summary>
    public async ValueTask AddAsync(Frame frame, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!frame.TryRetain(), frame);
        try
        {
            await queue.Writer.WriteAsync(frame, cancellationToken);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Connections have ended by now; what they queued is still to be written.
        queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Frame>(QueueFrames);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < QueueFrames && queue.Reader.TryRead(out var frame))
                batch.Add(frame);
            await Task.Run(() => Keep(batch), CancellationToken.None);
            batch.Clear();
        }
    }

    private void Keep(List<Frame> batch)
    {
        var folders = new HashSet<string>();
        foreach (var frame in batch)
        {
            try
            {
                folders.Add(Write(frame));
                Interlocked.Increment(ref stored);
                Healthy(true, "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                cameras[frame.Camera].CountDropped("disk");
                Healthy(false, e.Message);
            }
            finally
            {
                frame.Dispose();
            }
        }
        try
        {
            foreach (var folder in folders)
                DurableFolder.Sync(folder);
        }
        catch (IOException e)
        {
            Healthy(false, e.Message);
        }
    }

    /// <summary>Writes one file under a temporary name, syncs it and renames it; returns its folder.</summary>
    private string Write(Frame frame)
    {
        var folder = Path.Combine(directory, StoredName.FolderOf(frame));
        if (knownFolders.Add(folder))
            DurableFolder.Create(folder);
        var name = StoredName.FileOf(frame);
        var path = Path.Combine(folder, name);
        var part = Path.Combine(folder, $".{name}.part");
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(frame.Bytes.Span);
                file.Flush(flushToDisk: true);
            }
            // The same frame sent twice is the same file; nothing is ever overwritten.
            if (File.Exists(path))
                File.Delete(part);
            else
                File.Move(part, path, overwrite: false);
        }
        catch
        {
            knownFolders.Remove(folder);
            File.Delete(part);
            throw;
        }
        return folder;
    }

    private void Healthy(bool healthy, string why)
    {
        if (IsHealthy == healthy)
            return;
        IsHealthy = healthy;
        if (healthy)
            Log.Recovered(logger, directory);
        else
            Log.Failed(logger, directory, why);
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Error, "The store {Directory} takes no frames: {Why}. Frames are shown and lost until it does.")]
        public static partial void Failed(ILogger logger, string directory, string why);

        [LoggerMessage(11, LogLevel.Information, "The store {Directory} takes frames again.")]
        public static partial void Recovered(ILogger logger, string directory);
    }
}
