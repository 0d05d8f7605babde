namespace PiStereoLink.Receiver.Link;

/// <summary>Keeps what happens a million times from being said a million times: once, then once in a while with the count of the others.</summary>
internal sealed class Repeats(TimeSpan every, TimeProvider time)
{
    private readonly Lock gate = new();
    private long toldAt;
    private long silent;
    private bool told;

    /// <summary>True when it is time to say it; then with how often it happened since without a word.</summary>
    public bool MayTell(out long untold)
    {
        lock (gate)
        {
            untold = silent;
            if (told && time.GetElapsedTime(toldAt) < every)
            {
                silent++;
                return false;
            }
            (told, toldAt, silent) = (true, time.GetTimestamp(), 0);
            return true;
        }
    }
}
