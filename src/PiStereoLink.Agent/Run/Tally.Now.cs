using System.Collections.Concurrent;

namespace PiStereoLink.Agent;

/// <summary>The accounting while frames move.</summary>
public sealed partial class Tally
{
    private readonly ConcurrentBag<Func<long>> waitingOnDisk = [];
    private long spoolBytesWritten;
    private long spoolFilesWritten;

    /// <summary>Bytes of frames that were written to the spool in this run.</summary>
    public long SpoolBytesWritten => Interlocked.Read(ref spoolBytesWritten);

    public long SpoolFilesWritten => Interlocked.Read(ref spoolFilesWritten);

    public void CountSpoolWritten(long bytes)
    {
        Interlocked.Increment(ref spoolFilesWritten);
        Interlocked.Add(ref spoolBytesWritten, bytes);
    }

    /// <summary>Asks here, whenever somebody wants to know, how many frames wait on disk.</summary>
    public void WatchDisk(Func<long> waiting) => waitingOnDisk.Add(waiting);

    /// <summary>
    /// The accounting of this moment. Fates are read before arrivals, so that each frame met has been taken; what has met none is on disk or under
    /// way. A frame that leaves the disk meanwhile counts as under way.
    /// </summary>
    public Accounting Now
    {
        get
        {
            var onDisk = waitingOnDisk.Sum(waiting => waiting());
            var gone = Array.ConvertAll(Enum.GetValues<DropReason>(), Dropped);
            var (confirmed, delivered) = (Acked, Unconfirmed);
            var (before, taken) = (Interlocked.Read(ref spooledAtStart), Captured);
            var left = before + taken - confirmed - delivered - gone.Sum();
            var waits = Math.Min(onDisk, left);
            return new Accounting(before, taken, confirmed, delivered, waits, left - waits, gone);
        }
    }
}
