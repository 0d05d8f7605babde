using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>
/// The frames of one eye that wait for a partner. They leave in the order in which they came, not of their capture: after an outage
/// an agent sends old frames between new ones, and their partners come so too. Not safe for several threads.
/// </summary>
internal sealed class WaitingFrames : IDisposable
{
    /// <summary>How many more frames of its own eye a frame waits for, and how many wait at most: what the ring keeps.</summary>
    private const int Patience = Cameras.CameraRing.Capacity;

    /// <summary>After a reconnect an agent sends up to 16 frames again; some may have come in between.</summary>
    private const int Remembered = 64;

    private readonly List<(Frame Frame, long Number)> waiting = new(Patience + 1);
    private readonly FrameIdentity[] recent = new FrameIdentity[Remembered];
    private long arrived;

    public FramePeriod Period { get; } = new();

    /// <summary>Frames that found no partner.</summary>
    public long Unpaired { get; private set; }

    /// <summary>Notes a frame that has come; false when it has come before. Whatever has waited long enough is given up.</summary>
    public bool IsNew(Frame frame)
    {
        if (recent.AsSpan(0, (int)Math.Min(arrived, Remembered)).Contains(frame.Identity))
            return false;
        recent[arrived++ % Remembered] = frame.Identity;
        Period.Add(frame.CapturedAt);
        var late = 0;
        while (late < waiting.Count && waiting[late].Number <= arrived - Patience)
            waiting[late++].Frame.Dispose();
        waiting.RemoveRange(0, late);
        Unpaired += late;
        return true;
    }

    /// <summary>Keeps the frame that came last.</summary>
    public void Wait(Frame frame) => waiting.Add((frame, arrived));

    /// <summary>Takes the frame out that was captured nearest to this time, if one was within the tolerance.</summary>
    public bool TryTakeNearest(DateTime capturedAt, TimeSpan tolerance, out Frame nearest)
    {
        var (at, distance) = (-1, tolerance);
        for (var i = 0; i < waiting.Count; i++)
            if ((waiting[i].Frame.CapturedAt - capturedAt).Duration() is var between && (at < 0 ? between <= distance : between < distance))
                (at, distance) = (i, between);
        return TryTake(at, out nearest);
    }

    /// <summary>Takes the frame with this number out.</summary>
    public bool TryTakeNumber(ulong number, out Frame frame) => TryTake(waiting.FindIndex(one => one.Frame.Identity.Sequence == number), out frame);

    public void Dispose()
    {
        foreach (var (frame, _) in waiting)
            frame.Dispose();
        waiting.Clear();
    }

    private bool TryTake(int at, out Frame frame)
    {
        frame = at < 0 ? default : waiting[at].Frame;
        if (at >= 0)
            waiting.RemoveAt(at);
        return at >= 0;
    }
}
