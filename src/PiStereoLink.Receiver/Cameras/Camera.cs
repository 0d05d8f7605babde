using System.Collections.Concurrent;
using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Cameras;

/// <summary>One camera as the receiver knows it: its frames, and what there is to say about them.</summary>
public sealed class Camera(CameraName name, TimeProvider time, KeptPictures? kept = null)
{
    private readonly ConcurrentDictionary<string, long> dropped = new();
    private readonly ConcurrentDictionary<string, long> nacked = new();
    private readonly Lock clockGate = new();
    private ClockState? clock;                  // under clockGate
    private long acked;
    private long duplicates;
    private int connections;
    private long frames;
    private long bytes;
    private long lastFrameAt;

    public CameraName Name { get; } = name;

    public CameraRing Ring { get; } = new(time);

    public Rate FrameRate { get; } = new(time);

    public Rate ByteRate { get; } = new(time);

    /// <summary>Milliseconds from capture to arrival, by the stamps.</summary>
    public RecentValues LatencyMilliseconds { get; } = new();

    public long Frames => Volatile.Read(ref frames);

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Frames refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Dropped => dropped;

    /// <summary>Frames acknowledged: on disk, and their agent was told.</summary>
    public long Acked => Volatile.Read(ref acked);

    /// <summary>Frames whose agent was told that they were not taken, by reason.</summary>
    public IReadOnlyDictionary<string, long> Nacked => nacked;

    /// <summary>Frames that were here already.</summary>
    public long Duplicates => Volatile.Read(ref duplicates);

    /// <summary>The frames shown of late, so that one that is sent again is not shown again.</summary>
    public RecentFrames Shown { get; } = new();

    public bool IsConnected => Volatile.Read(ref connections) > 0;

    /// <summary>True when its frames carry our agent's stamp; the name is the peer's word where the link is not encrypted.</summary>
    public bool IsStamped { get; private set; }

    /// <summary>What the last stamp said of its clock; null without a stamp.</summary>
    public ClockState? Clock
    {
        get
        {
            lock (clockGate)
                return clock;
        }
    }

    public IPAddress? Address { get; private set; }

    /// <summary>Size in pixels of the last frame.</summary>
    public (int Width, int Height)? Size { get; private set; }

    public TimeSpan? SinceLastFrame => Frames == 0 ? null : time.GetElapsedTime(Volatile.Read(ref lastFrameAt));

    /// <summary>True when the last connection that brought it came over TLS.</summary>
    public bool IsEncrypted { get; private set; }

    public void Connected(IPAddress? address, bool encrypted = false)
    {
        (Address, IsEncrypted) = (address, encrypted);
        Interlocked.Increment(ref connections);
    }

    /// <summary>True when it is at this machine: its pictures cross no network.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>A camera of this machine begins.</summary>
    public void ConnectedHere()
    {
        IsLocal = true;
        Connected(address: null);
    }

    public void Disconnected() => Interlocked.Decrement(ref connections);

    public void CountDropped(string reason, long count = 1) => Add(dropped, reason, count);

    public void CountAcked() => Interlocked.Increment(ref acked);

    public void CountNacked(string reason, long count = 1) => Add(nacked, reason, count);

    public void CountDuplicate() => Interlocked.Increment(ref duplicates);

    /// <summary>Counts a frame and makes it the newest; the ring owns it from here on.</summary>
    public void Publish(Frame frame, (int Width, int Height) size)
    {
        Size = size;
        IsStamped = frame.Stamp is not null;
        lock (clockGate)
            clock = frame.Stamp?.Clock;
        Volatile.Write(ref lastFrameAt, time.GetTimestamp());
        Interlocked.Increment(ref frames);
        Interlocked.Add(ref bytes, frame.Bytes.Length);
        FrameRate.Add(1);
        ByteRate.Add(frame.Bytes.Length);
        if (frame.Stamp is not null)
            LatencyMilliseconds.Add((time.GetUtcNow().UtcDateTime - frame.CapturedAt).TotalMilliseconds);
        Ring.Publish(frame, IsEncrypted || IsLocal ? null : kept);
    }

    private static void Add(ConcurrentDictionary<string, long> counts, string reason, long count) =>
        counts.AddOrUpdate(reason, static (_, n) => n, static (_, sum, n) => sum + n, count);
}
