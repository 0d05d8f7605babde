using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

/// <summary>A node that may keep no more for now.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Bytes">What its files take on disk.</param>
public readonly record struct FullNode(string Node, long Bytes);

/// <summary>
/// What each node may take of the store. Its files are counted once, aside, when its first frame comes, and each frame is added to that; until
/// the count is there its frames are taken. While a node is over, its files are counted anew once a minute at most: somebody may have made room.
/// </summary>
public sealed partial class NodeQuota(string directory, long limitBytes, TimeProvider time, ILogger<NodeQuota> logger)
{
    /// <summary>Small files take more than they hold: file systems give by the block.</summary>
    private const long Block = 4096;

    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ILogger logger = new BoundedLog(logger, time);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Usage> nodes = new(StringComparer.Ordinal);      // under the gate
    private Task counting = Task.CompletedTask;                                            // under the gate; one node after the other

    /// <summary>Bytes that one node may take on disk.</summary>
    public long LimitBytes => limitBytes;

    /// <summary>The nodes that are over, in the order of their names.</summary>
    public FullNode[] Full
    {
        get
        {
            lock (gate)
            {
                var full = nodes.Where(static one => one.Value.IsFull).ToArray();
                foreach (var (node, usage) in full)
                    CountAgain(node, usage);
                return [.. full.Select(static one => new FullNode(one.Key, one.Value.Bytes)).OrderBy(static one => one.Node, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Whether a frame's node may keep so much more. Never waits.</summary>
    public bool HasRoomFor(Frame frame)
    {
        lock (gate)
        {
            var usage = Of(frame.Camera.Node);
            return !usage.IsCounted || usage.Bytes + OnDisk(frame.Bytes.Length) <= limitBytes;
        }
    }

    /// <summary>A frame has been written.</summary>
    public void Add(Frame frame)
    {
        lock (gate)
            Of(frame.Camera.Node).Bytes += OnDisk(frame.Bytes.Length);
    }

    /// <summary>A frame was not taken for want of room.</summary>
    public void Refused(Frame frame)
    {
        var node = frame.Camera.Node;
        lock (gate)
        {
            var usage = Of(node);
            usage.Wanted = OnDisk(frame.Bytes.Length);
            if (!usage.IsFull)
                Log.Full(logger, node, usage.Bytes >> 20, limitBytes >> 20, Path.Combine(directory, node));
            usage.IsFull = true;
            CountAgain(node, usage);
        }
    }

    private static long OnDisk(long bytes) => (bytes + Block - 1) / Block * Block;

    /// <summary>Under the gate.</summary>
    private Usage Of(string node)
    {
        if (nodes.TryGetValue(node, out var known))
            return known;
        var usage = nodes[node] = new Usage();
        Count(node, usage);
        return usage;
    }

    /// <summary>Under the gate.</summary>
    private void CountAgain(string node, Usage usage)
    {
        if (usage is { IsCounting: false } && time.GetElapsedTime(usage.CountedAt) >= CountAgainAfter)
            Count(node, usage);
    }

    /// <summary>Under the gate.</summary>
    private void Count(string node, Usage usage)
    {
        usage.IsCounting = true;
        counting = counting.ContinueWith(_ => CountFiles(node, usage), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void CountFiles(string node, Usage usage)
    {
        long before;
        lock (gate)
            before = usage.Bytes;
        var counted = FolderBytes(Path.Combine(directory, node));
        lock (gate)
        {
            // What was written meanwhile may be in the count already; that much too much is put right by the next one.
            if (counted is { } bytes)
                (usage.Bytes, usage.IsCounted) = (bytes + usage.Bytes - before, true);
            (usage.IsCounting, usage.CountedAt) = (false, time.GetTimestamp());
            if (!usage.IsFull || usage.Bytes + usage.Wanted > limitBytes)
                return;
            usage.IsFull = false;
            Log.Room(logger, node, usage.Bytes >> 20, limitBytes >> 20);
        }
    }

    /// <summary>What the files below a folder take on disk; null when they cannot be read.</summary>
    private static long? FolderBytes(string folder)
    {
        try
        {
            return !Directory.Exists(folder) ? 0 : new DirectoryInfo(folder)
                .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Sum(static file => file.Exists ? OnDisk(file.Length) : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;      // changed under the count, or not ours: the next one may work
        }
    }

    private static partial class Log
    {
        [LoggerMessage(13, LogLevel.Warning, "Node {Node} takes {Used} MB of the {Limit} MB that a node may take of the store (--node-quota): its frames are shown and not kept, and agents that get acknowledgements send theirs again. Delete some in {Folder}, or allow more.")]
        public static partial void Full(ILogger logger, string node, long used, long limit, string folder);

        [LoggerMessage(14, LogLevel.Information, "Node {Node} has room again: it takes {Used} of {Limit} MB.")]
        public static partial void Room(ILogger logger, string node, long used, long limit);
    }

    private sealed class Usage
    {
        /// <summary>On disk, as far as is known.</summary>
        public long Bytes { get; set; }

        /// <summary>On disk, the frame that was refused last.</summary>
        public long Wanted { get; set; }

        public bool IsCounted { get; set; }

        public bool IsCounting { get; set; }

        public long CountedAt { get; set; }

        /// <summary>True from the first frame that was refused until a count finds room.</summary>
        public bool IsFull { get; set; }
    }
}
