using System.Threading.Channels;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>Two cameras, the pairs of their frames, and the depth of those pairs while somebody watches.</summary>
public sealed class Rig : IDisposable
{
    private readonly Channel<FramePair> mailbox;
    private readonly SemaphoreSlim watched = new(0);
    private readonly PairMatcher matcher;
    private int watchers;
    private long replaced;
    private double skewError = double.NaN;

    public Rig(string name, Camera left, Camera right, StereoCalibration? calibration, TimeProvider time, MatcherParameters? parameters = null, bool byTurn = false)
    {
        (Name, Left, Right, Calibration, Parameters) = (name, left, right, calibration, parameters ?? new StereoBmParameters());
        matcher = new PairMatcher(time, byTurn: byTurn);
        PairRate = new Rate(time);
        DepthRate = new Rate(time);
        mailbox = Channel.CreateBounded<FramePair>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true }, Replaced);
    }

    public string Name { get; }

    public Camera Left { get; }

    public Camera Right { get; }

    /// <summary>Null: the pictures are taken as rectified.</summary>
    public StereoCalibration? Calibration { get; }

    /// <summary>Which matcher, and what it is told.</summary>
    public MatcherParameters Parameters { get; }

    /// <summary>Newest pair wins; a pair that another one replaces unseen is counted.</summary>
    public ChannelReader<FramePair> Pairs => mailbox.Reader;

    public Latest<RigDepth> Depth { get; } = new();

    public long PairCount { get; private set; }

    /// <summary>What the last pair was made by: <c>stamps</c>, or <c>arrival</c> where a camera sends none; null before the first.</summary>
    public string? PairedBy { get; private set; }

    /// <summary>By how many milliseconds the skew of the last pair may be off; NaN when that is not known.</summary>
    public double SkewErrorMilliseconds => Volatile.Read(ref skewError);

    public Rate PairRate { get; }

    public Rate DepthRate { get; }

    /// <summary>Milliseconds between the two captures of a pair.</summary>
    public RecentValues SkewMilliseconds { get; } = new();

    /// <summary>Milliseconds from capture to depth.</summary>
    public RecentValues LatencyMilliseconds { get; } = new();

    /// <summary>Pairs that a newer one replaced while somebody watched: the matcher was slower than the cameras.</summary>
    public long ReplacedPairs => Volatile.Read(ref replaced);

    public int Watchers => Volatile.Read(ref watchers);

    /// <summary>Why there is no depth, in a sentence, or null.</summary>
    public string? Error { get; set; }

    public long Unpaired(Eye eye) => matcher.Unpaired(eye);

    /// <summary>Takes a frame over from one eye; called by the pairing loop only.</summary>
    public void Offer(Eye eye, Protocol.Frame frame)
    {
        if (matcher.Offer(eye, frame) is not { } pair)
            return;
        PairCount = pair.Number;
        PairedBy = pair.IsByArrival ? "arrival" : "stamps";
        PairRate.Add(1);
        Volatile.Write(ref skewError, pair.SkewError?.TotalMilliseconds ?? double.NaN);
        SkewMilliseconds.Add(pair.Skew.Duration().TotalMilliseconds);
        mailbox.Writer.TryWrite(pair);
    }

    /// <summary>Asks for depth until the result is disposed; a rig nobody watches does no work.</summary>
    public IDisposable Watch()
    {
        if (Interlocked.Increment(ref watchers) == 1)
            watched.Release();
        return new Watcher(this);
    }

    /// <summary>Waits until somebody watches.</summary>
    public async Task WatchedAsync(CancellationToken cancellationToken)
    {
        while (Watchers == 0)
            await watched.WaitAsync(cancellationToken);
    }

    /// <summary>Gives back the frames that wait for a partner or for the matcher.</summary>
    public void Dispose()
    {
        matcher.Dispose();
        while (mailbox.Reader.TryRead(out var pair))
            pair.Dispose();
        watched.Dispose();
    }

    private void Replaced(FramePair pair)
    {
        pair.Dispose();
        if (Watchers > 0)
            Interlocked.Increment(ref replaced);
    }

    private sealed class Watcher(Rig rig) : IDisposable
    {
        private Rig? rig = rig;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref rig, null) is { } watched)
                Interlocked.Decrement(ref watched.watchers);
        }
    }
}
