namespace PiStereoLink.Agent;

/// <summary>
/// Full-jitter backoff: anything from nothing to a limit that doubles from 1 s to 30 s, so that many agents whose receiver
/// comes back do not all knock at once, and one alone is back quickly.
/// </summary>
public sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan limit = First;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan Next()
    {
        var wait = limit * random.NextDouble();
        limit = limit * 2 < Longest ? limit * 2 : Longest;
        return wait;
    }

    /// <summary>The connection was in order: the next loss is a new one.</summary>
    public void Reset() => limit = First;
}
