using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Receiver.Store;

/// <summary>
/// Keeps frames as files. Connections wait for room in a bounded queue, so a slow disk slows the senders and loses nothing. What has
/// come while the disk was busy is one batch: files are written, synced and renamed into place, a few at a time; then their folders are synced together.
/// </summary>
public sealed partial class FrameStore(string directory, TimeProvider time, ILogger<FrameStore> logger, NodeQuota? quota = null) : BackgroundService
{
    /// <summary>Frames between the network and the disk: half a second of 64 cameras at 1 fps, one batch of a busy one.</summary>
    private const int QueueFrames = 32;

    /// <summary>On a slow disk a batch is cut here, so that no frame waits for its acknowledgement much over 100 ms because of others.</summary>
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(50);

    /// <summary>No more is synced together: 100 ms of a card that writes 20 MB/s.</summary>
    private const int BytesTogether = 2 << 20;

    private readonly ILogger logger = new BoundedLog(logger, time);
    private readonly Channel<StoreEntry> queue = Channel.CreateBounded<StoreEntry>(new BoundedChannelOptions(QueueFrames) { SingleReader = true });
    private readonly HashSet<string> knownFolders = [];                       // writer only
    private readonly HashSet<string> unsynced = [];                           // writer only
    private readonly List<(StoreEntry Entry, StoreOutcome Outcome)> written = [];     // writer only
    private readonly List<(StoreEntry Entry, FrameFile File)> few = [];       // writer only
    private readonly FileSyncs syncs = new();                                 // writer only
    private string failure = "";                                              // writer only
    private long stored;

    public string Directory => directory;

    public long Stored => Volatile.Read(ref stored);

    /// <summary>False from the first frame that could not be kept until the next that could.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>Queues a frame; the store takes a reference of its own.</summary>
    public async ValueTask AddAsync(StoreEntry entry, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!entry.Frame.TryRetain(), typeof(Frame));
        entry.Witness?.Given();
        try
        {
            await queue.Writer.WriteAsync(entry, cancellationToken);
        }
        catch
        {
            entry.Witness?.Settled(entry, StoreOutcome.Withdrawn);
            entry.Frame.Dispose();
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
        using (syncs)
            while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
                await Task.Run(KeepBatch, CancellationToken.None);
    }

    private void Settle(in StoreEntry entry, StoreOutcome outcome)
    {
        var camera = entry.Camera;
        switch (outcome)
        {
            case StoreOutcome.Failed:
                camera.CountDropped("disk");
                Healthy(false, failure);
                break;
            case StoreOutcome.OverQuota:
                camera.CountDropped(NackReason.Quota);
                quota!.Refused(entry.Frame);
                break;
            case StoreOutcome.Duplicate:
                camera.CountDuplicate();
                break;
            default:
                Interlocked.Increment(ref stored);
                quota?.Add(entry.Frame);
                Healthy(true, "");
                if (outcome == StoreOutcome.Beside)
                    Log.Beside(logger, entry.Frame.Identity, entry.Frame.Camera);
                break;
        }
        entry.Witness?.Settled(entry, outcome);
    }
}
