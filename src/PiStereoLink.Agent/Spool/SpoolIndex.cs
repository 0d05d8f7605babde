namespace PiStereoLink.Agent;

/// <summary>Where a frame goes once it is on disk.</summary>
public enum AfterStoring
{
    /// <summary>On to the link, from memory.</summary>
    Live,

    /// <summary>It waits for its turn, oldest first.</summary>
    Backlog,

    /// <summary>Nowhere: it has been sent already, and its answer is awaited.</summary>
    InFlight,
}

/// <summary>
/// Which frames are on disk, waiting there for their turn or out with the link, and which are about to be. Any thread; the names
/// alone, 16 bytes each, since a timelapse may wait for weeks.
/// </summary>
public sealed class SpoolIndex
{
    private readonly Queue<SpoolName> backlog = new();                           // in order
    private readonly SortedSet<SpoolName> returned = [];                         // those that came back out of it, or too late to be in order
    private readonly Dictionary<SpoolName, AfterStoring> expected = [];
    private readonly HashSet<SpoolName> outside = [];
    private readonly HashSet<SpoolName> final = [];                              // not to be brought to the receiver's clock any more
    private readonly Lock gate = new();
    private SpoolName latest;
    private volatile int names;             // of all of them; written under gate

    /// <summary>Whether there is none: with a receiver that keeps up, always. Free to ask.</summary>
    public bool IsEmpty => names == 0;

    /// <summary>Files on disk.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return backlog.Count + returned.Count + outside.Count;
        }
    }

    /// <summary>Whether frames wait for their turn, or are about to.</summary>
    public bool HasBacklog
    {
        get
        {
            lock (gate)
                return backlog.Count + returned.Count > 0 || expected.ContainsValue(AfterStoring.Backlog);
        }
    }

    /// <summary>A file that lies there from before.</summary>
    public void Found(SpoolName name)
    {
        lock (gate)
        {
            names++;
            Wait(name);
        }
    }

    /// <summary>It is going to be stored; false when that is so already, or done.</summary>
    public bool Expect(SpoolName name, AfterStoring after)
    {
        lock (gate)
        {
            var isNew = !outside.Contains(name) && expected.TryAdd(name, after);
            names += isNew ? 1 : 0;
            return isNew;
        }
    }

    /// <summary>Whether it is on disk or going to be.</summary>
    public bool Holds(SpoolName name)
    {
        lock (gate)
            return outside.Contains(name) || expected.ContainsKey(name);
    }

    /// <summary>Whether it is on disk and with the link.</summary>
    public bool IsOutside(SpoolName name)
    {
        lock (gate)
            return outside.Contains(name);
    }

    /// <summary>Whether it is still going to be stored.</summary>
    public bool IsExpected(SpoolName name)
    {
        lock (gate)
            return expected.ContainsKey(name);
    }

    /// <summary>It is on disk; what to do with it, or null when it has been forgotten meanwhile.</summary>
    public AfterStoring? Stored(SpoolName name)
    {
        lock (gate)
        {
            if (!expected.Remove(name, out var after))
                return null;
            if (after == AfterStoring.Backlog)
                Wait(name);
            else
                outside.Add(name);
            return after;
        }
    }

    /// <summary>It could not be stored; what it was meant for, or null when it has been forgotten meanwhile.</summary>
    public AfterStoring? NotStored(SpoolName name)
    {
        lock (gate)
        {
            final.Remove(name);
            if (!expected.Remove(name, out var after))
                return null;
            names--;
            return after;
        }
    }

    /// <summary>Its bytes stay as they are: it has been sent, or could not be brought to the receiver's clock.</summary>
    public void MarkFinal(SpoolName name)
    {
        lock (gate)
            final.Add(name);
    }

    /// <summary>Whether that was said of it.</summary>
    public bool IsFinal(SpoolName name)
    {
        lock (gate)
            return final.Contains(name);
    }

    /// <summary>The link has no use for it now: it waits for its turn.</summary>
    public void GiveBack(SpoolName name)
    {
        lock (gate)
        {
            if (outside.Remove(name))
                Wait(name);
            else if (expected.ContainsKey(name))
                expected[name] = AfterStoring.Backlog;
        }
    }

    /// <summary>Nobody needs it any more; true when it has a file to delete.</summary>
    public bool Forget(SpoolName name)
    {
        lock (gate)
        {
            final.Remove(name);
            var hasFile = outside.Remove(name);
            names -= hasFile || expected.Remove(name) ? 1 : 0;
            return hasFile;
        }
    }

    /// <summary>The oldest of those that wait, which then is out with the link.</summary>
    public bool TryTakeOldest(out SpoolName name)
    {
        lock (gate)
        {
            var isReturned = returned.Count > 0 && !(backlog.TryPeek(out var first) && first < returned.Min);
            name = isReturned ? returned.Min : backlog.Count > 0 ? backlog.Dequeue() : default;
            if (isReturned)
                returned.Remove(name);
            return name != default && outside.Add(name);
        }
    }

    private void Wait(SpoolName name)
    {
        if (name > latest)
            backlog.Enqueue(latest = name);
        else
            returned.Add(name);
    }
}
