namespace PiStereoLink.Receiver.Sources;

/// <summary>One of two devices that take pictures in turns.</summary>
public interface ITurnDevice
{
    /// <summary>Waits for the next picture and keeps it.</summary>
    /// <exception cref="IOException">There is none any more.</exception>
    void Grab();

    /// <summary>When the kept picture was taken.</summary>
    CaptureMoment Moment { get; }
}

/// <summary>
/// Two devices that take pictures in turns, one of each: those of a turn belong together. Each device has a clock of its own, so they drift: where they are
/// more than half a period apart, the older picture has a younger one nearer to its partner, and is dropped for it.
/// </summary>
/// <param name="fps">What the devices say they give.</param>
public sealed class DeviceTurns(ITurnDevice left, ITurnDevice right, double fps)
{
    private const double UsualFps = 30;

    /// <summary>A reader that comes late finds old pictures waiting, and drops some before it has new ones of both.</summary>
    private const int MostDropsInTurn = 8;

    /// <summary>In the dark a camera exposes longer and gives fewer pictures, a quarter at worst; a longer gap is the reader's.</summary>
    private const int SlowestShare = 4;

    /// <summary>Where dropping did not help it is tried again in the next turn, then after 1, 3, 7, at last 127 turns: two clocks may differ for good.</summary>
    private const int LongestPause = 7;

    private const int Gaps = 16, EnoughGaps = 4;

    private readonly TimeSpan nominal = TimeSpan.FromSeconds(1 / (fps > 0 ? fps : UsualFps));
    private readonly TimeSpan[] gaps = new TimeSpan[Gaps];
    private long count;
    private (DateTime? Left, DateTime? Right) last;
    private bool rightFirst;
    private int failures, pause;

    /// <summary>Pictures dropped because the other eye's was more than half a period younger.</summary>
    public long Dropped { get; private set; }

    /// <summary>True when the devices could not be brought within half a period in the last turn.</summary>
    public bool IsApart { get; private set; }

    /// <summary>The time between two pictures of one device: what it says, or longer where that was seen.</summary>
    public TimeSpan Period => count >= EnoughGaps && gaps.Take((int)Math.Min(count, Gaps)).Min() is var shortest && shortest > nominal ? shortest : nominal;

    /// <summary>Takes one picture of each. Where a device tells no time, the turn's time is that of both.</summary>
    /// <exception cref="IOException">There is none any more.</exception>
    public (CaptureMoment Left, CaptureMoment Right) Take()
    {
        Grab(isLeft: !rightFirst, again: false);
        Grab(isLeft: rightFirst, again: false);
        var most = pause > 0 ? 0 : MostDropsInTurn;
        for (var drops = 0; ; drops++)
        {
            var (one, other) = (left.Moment, right.Moment);
            if (one.ErrorMicroseconds is null || other.ErrorMicroseconds is null)
                return (one, one with { ErrorMicroseconds = null });
            var skew = other.Utc - one.Utc;
            IsApart = skew.Duration() > Period / 2;
            if (!IsApart || drops == most)
            {
                (failures, pause) = !IsApart ? (0, 0) : most == 0 ? (failures, pause - 1) : (failures + 1, (1 << Math.Min(failures, LongestPause)) - 1);
                return (one, other);
            }
            // A device gives the first picture after it was asked: whose picture comes first in time is asked first.
            rightFirst = skew > TimeSpan.Zero;
            Grab(isLeft: rightFirst, again: true);
            Dropped++;
        }
    }

    private void Grab(bool isLeft, bool again)
    {
        var device = isLeft ? left : right;
        device.Grab();
        if (device.Moment is not { ErrorMicroseconds: not null, Utc: var taken })
            return;
        // Between two turns the reader may have been away; two pictures taken one behind the other are a period apart, or it was late.
        if (taken - (isLeft ? last.Left : last.Right) is { } gap && gap > TimeSpan.Zero && gap < SlowestShare * nominal && (again || gap < Period))
            gaps[count++ % Gaps] = gap;
        last = isLeft ? last with { Left = taken } : last with { Right = taken };
    }
}
