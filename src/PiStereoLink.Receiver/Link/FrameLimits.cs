namespace PiStereoLink.Receiver.Link;

/// <summary>What peers may ask of the receiver: section <c>Receiver:Limits</c> of appsettings.json, and <c>receiver serve</c>.</summary>
public sealed class FrameLimits
{
    /// <summary>Connections at a time. One that waits costs about 4 kB here, and as much in the kernel.</summary>
    public int MaxConnections { get; set; } = 2048;

    /// <summary>Connections at a time from one address: many agents behind one router, and no single machine takes all places.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 256;

    /// <summary>How long a peer may stay without a whole frame. Agents connect when they start, so a timelapse may need this long for its first.</summary>
    public TimeSpan FirstFrame { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Within a frame, the time over which its rate is looked at: as long as a bad Wi-Fi may be gone.</summary>
    public TimeSpan BodyTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes a second that a frame under way must bring, over that time.</summary>
    public int MinBytesPerSecond { get; set; } = 1024;

    /// <summary>Memory of the large frames that are under way at a time, over all connections, in MB.</summary>
    public int FrameMegabytes { get; set; } = 16;

    /// <summary>How long a large frame waits for that memory.</summary>
    public TimeSpan MemoryWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>While that memory is short: how long a large frame under way may stand still.</summary>
    public TimeSpan StallWhenFull { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Memory of the newest pictures of unencrypted cameras that nobody looks at, in MB: each keeps one, while there is room for it.</summary>
    public int KeptMegabytes { get; set; } = 256;

    /// <summary>What the files of one node may take of the store, in MB; 0 is no limit. Off unless asked for: a timelapse must not end at a number that nobody has set.</summary>
    public int NodeMegabytes { get; set; }

    /// <exception cref="FormatException">One of them is none; the message says what was allowed.</exception>
    public void Check()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(MaxConnections), (double)MaxConnections), (nameof(MaxConnectionsPerAddress), MaxConnectionsPerAddress), (nameof(MinBytesPerSecond), MinBytesPerSecond),
            (nameof(FrameMegabytes), FrameMegabytes), (nameof(KeptMegabytes), KeptMegabytes), (nameof(FirstFrame), FirstFrame.TotalSeconds), (nameof(BodyTime), BodyTime.TotalSeconds),
            (nameof(MemoryWait), MemoryWait.TotalSeconds), (nameof(StallWhenFull), StallWhenFull.TotalSeconds),
        })
            if (value <= 0)
                throw new FormatException($"The limit {name} is {value}; more than 0 is needed. See docs/configuration.md, the receiver's limits.");
        if (NodeMegabytes < 0)
            throw new FormatException($"The limit {nameof(NodeMegabytes)} is {NodeMegabytes}; 0, which is no limit, or more is needed. See docs/configuration.md, the receiver's limits.");
    }
}
