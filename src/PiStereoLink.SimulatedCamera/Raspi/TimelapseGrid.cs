namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspistill's timelapse: pictures on a grid that never moves; a late one is said, a very late one left out.</summary>
/// <param name="first">When the first picture is taken, in nanoseconds; so are the others.</param>
internal sealed class TimelapseGrid(long first, long interval)
{
    private long next = first;

    /// <summary>The number of the newest picture, from 0; numbers of those left out are left out too.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>When to take the next picture, and what to say about it.</summary>
    public (long At, string? Complaint) Next(long now)
    {
        Number++;
        var late = now - next;
        var at = next;
        string? complaint = null;
        if (late >= interval / 2)
        {
            var left = 1 + late / interval;
            complaint = $"mmal: Skipping frame {Number} to restart at frame {Number + left}";
            Number += left;
            at += left * interval;
        }
        else if (late > 0)
        {
            complaint = $"mmal: Frame {Number} is {late / 1_000_000} ms late";
        }
        next = at + interval;
        return (at, complaint);
    }
}
