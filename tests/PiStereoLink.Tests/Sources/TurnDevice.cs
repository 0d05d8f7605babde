using PiStereoLink.Receiver.Sources;

namespace PiStereoLink.Tests.Sources;

/// <summary>The time in which devices and their reader live, in milliseconds.</summary>
internal sealed class TurnTime
{
    public double Now { get; set; }
}

/// <summary>A driver as V4L2's are: it fills the buffers that it was given, in its own rhythm, and a picture that finds no buffer is lost.</summary>
internal sealed class TurnDevice(TurnTime time, double phase, double period, int buffers) : ITurnDevice
{
    private static readonly DateTime Start = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    private readonly Queue<double> free = new(Enumerable.Repeat(0.0, buffers)), filled = [];
    private double next = phase;
    private bool holds;

    public bool TellsTime { get; init; } = true;

    /// <summary>By how much its clock is ahead.</summary>
    public double ClockOffset { get; init; }

    public CaptureMoment Moment { get; private set; }

    public void Grab()
    {
        if (holds)
            free.Enqueue(time.Now);
        while (next <= time.Now || filled.Count == 0)
        {
            if (free.TryPeek(out var given) && given <= next)
            {
                free.Dequeue();
                filled.Enqueue(next);
            }
            next += period;
        }
        var taken = filled.Dequeue();
        time.Now = Math.Max(time.Now, taken);
        (holds, Moment) = (true, new CaptureMoment(Start.AddMilliseconds(taken + ClockOffset), TellsTime ? 1000 : null));
    }
}
