using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// One camera's frames on disk until the receiver has them. All work with files is done by a thread of its own, in the order in which
/// it was asked for: neither the camera nor the network ever waits for the disk.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Frames pass through; whoever takes one out disposes it.")]
public sealed partial class Spool
{
    /// <summary>What may wait to be written; a card that pauses for a second or two is ridden out at 30 fps.</summary>
    private const int MostStoring = 64;
    private const long MostStoringBytes = 16L << 20;

    /// <summary>Read ahead, so that the link finds the next one while the last is sent.</summary>
    private const int ReadAhead = 2;

    private readonly SpoolFolder folder;
    private readonly SpoolLimits limits;
    private readonly CameraName camera;
    private readonly Tally tally;
    private readonly ILogger logger;
    private readonly Redating? redating;
    private readonly SpoolIndex index = new();
    private readonly BlockingCollection<Action> work = [];
    private readonly ConcurrentQueue<Frame> loaded = new();
    private int loading;                    // asked for and not in loaded yet
    private int storing;
    private long storingBytes;
    private long bytes;                     // on disk; the thread's own
    private readonly List<(SpoolName Name, DropReason? Dropped)> doubtful = [];    // files of which the disk did not say that they stay; the thread's own
    private bool told;                      // whether the failure was logged; the thread's own
    private Func<Frame, bool> pass = _ => false;
    private Action news = () => { };
    private Task writing = Task.CompletedTask;

    public Spool(SpoolFolder folder, SpoolLimits limits, CameraName camera, Tally tally, ILogger logger, Redating? redating = null)
    {
        (this.folder, this.limits, this.camera, this.tally, this.logger, this.redating) = (folder, limits, camera, tally, logger, redating);
        foreach (var (name, size) in folder.Open())
        {
            index.Found(name);
            bytes += size;
        }
        tally.CountSpooledAtStart(index.Count);
    }

    /// <summary>Files on disk.</summary>
    public int Count => index.Count;

    /// <summary>Why the last frame could not be stored; null when it could.</summary>
    public DropReason? Failing { get; private set; }

    /// <summary>Whether nothing lies there, or is about to. Free to ask.</summary>
    public bool IsEmpty => index.IsEmpty;

    /// <summary>Whether there is something to send, now or as soon as it is read.</summary>
    public bool HasBacklog => !index.IsEmpty && (!loaded.IsEmpty || Volatile.Read(ref loading) > 0 || index.HasBacklog);

    /// <param name="passOn">Takes a stored frame, and the duty to dispose it; false when nobody wants it any more.</param>
    /// <param name="tell">Called when there may be something to send.</param>
    public void Start(Func<Frame, bool> passOn, Action tell)
    {
        (pass, news) = (passOn, tell);
        writing = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Stores a frame and takes the duty to dispose it; false, and nothing taken, when the disk is too slow.</summary>
    public bool TryStore(Frame frame, AfterStoring after, bool patient = false)
    {
        var (name, size) = (SpoolName.Of(frame.Identity), frame.Bytes.Length);
        if (!patient && (storing >= MostStoring || storing > 0 && storingBytes + size > MostStoringBytes))
            return false;
        if (!index.Expect(name, after))
        {
            frame.Dispose();
            return true;
        }
        Interlocked.Increment(ref storing);
        Interlocked.Add(ref storingBytes, size);
        work.Add(() =>
        {
            Store(name, frame, size);
            Interlocked.Decrement(ref storing);
            Interlocked.Add(ref storingBytes, -size);
        });
        return true;
    }

    public bool Holds(Frame frame) => !index.IsEmpty && index.Holds(SpoolName.Of(frame.Identity));

    /// <summary>Whether it is on disk already.</summary>
    public bool HasFile(Frame frame) => index.IsOutside(SpoolName.Of(frame.Identity));

    /// <summary>It has been sent: whatever becomes of it, its bytes stay as they are.</summary>
    public void MarkSent(Frame frame)
    {
        if (frame.Stamp is { Clock.Source: ClockSource.None })
            index.MarkFinal(SpoolName.Of(frame.Identity));
    }

    /// <summary>The link cannot send it now: its file waits. The frame itself stays the caller's.</summary>
    public void GiveBack(Frame frame) => index.GiveBack(SpoolName.Of(frame.Identity));

    /// <summary>The receiver has it: its file goes. The frame itself stays the caller's.</summary>
    public void Release(Frame frame)
    {
        if (index.IsEmpty)
            return;
        var name = SpoolName.Of(frame.Identity);
        if (index.Forget(name))
            work.Add(() => Try(() => bytes -= folder.Delete(name)));
    }

    /// <summary>The receiver will never take it: it is set aside. Takes the duty to dispose it.</summary>
    public void Refuse(Frame frame)
    {
        var name = SpoolName.Of(frame.Identity);
        var hasFile = index.Forget(name);
        work.Add(() =>
        {
            Try(() =>
            {
                if (hasFile)
                    bytes -= folder.Refuse(name);
                else
                    folder.Refuse(name, frame.Bytes.Span);
            });
            frame.Dispose();
        });
    }

    /// <summary>The oldest frame that waits, if it has been read and fits into <paramref name="room"/>; else it is read, and told.</summary>
    /// <param name="room">The most bytes it may have.</param>
    /// <param name="awaitsClock">A frame that is to be brought to the receiver's clock waits for that.</param>
    /// <param name="frame">It, with the duty to dispose it.</param>
    public bool TryTake(long room, bool awaitsClock, out Frame frame)
    {
        frame = default;
        if (index.IsEmpty)
            return false;
        var taken = loaded.TryPeek(out frame) && frame.Bytes.Length <= room && !(IsToBeDated(frame) && awaitsClock) && loaded.TryDequeue(out frame);
        if (taken && IsToBeDated(frame) && redating!.Receiver.IsKnown)
        {
            index.GiveBack(SpoolName.Of(frame.Identity));       // it was read too early
            frame.Dispose();
            taken = false;
        }
        while (loaded.Count + loading < ReadAhead && index.TryTakeOldest(out var name))
        {
            Interlocked.Increment(ref loading);
            work.Add(() => Load(name));
        }
        return taken;
    }

    private bool IsToBeDated(Frame frame) =>
        redating is not null && frame.Stamp is { } stamp && redating.Concerns(stamp) && !index.IsFinal(SpoolName.Of(frame.Identity));

    /// <summary>Calls when everything stored so far has been passed on.</summary>
    public void AfterAll(Action then) => work.Add(then);

    /// <summary>Finishes what it was asked for and stops.</summary>
    public async Task EndAsync()
    {
        work.CompleteAdding();
        await writing;
        while (loaded.TryDequeue(out var frame))
            frame.Dispose();
        work.Dispose();
    }
}
