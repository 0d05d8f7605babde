using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Watches the pictures of one camera over all runs of its program: those that came damaged, and those that are all the same.</summary>
public sealed partial class PictureWatch(CameraName camera, Tally tally, TimeProvider time, ILogger logger)
{
    /// <summary>A cable that shakes damages a picture now and then, for hours.</summary>
    private static readonly TimeSpan DamageTold = TimeSpan.FromMinutes(1);

    private readonly CameraTally counts = tally.Of(camera);
    private readonly FrozenPicture row = new(time);
    private MjpegSplitter? splitter;
    private long damagedSeen;           // of this splitter's count
    private long damagedBefore;         // the last whole picture
    private long damagedUntold;
    private long? damageToldAt;
    private bool frozen;

    /// <summary>Whole pictures of this run.</summary>
    public long Taken { get; private set; }

    /// <summary>The program is started.</summary>
    public void Begin()
    {
        (Taken, frozen) = (0, false);
        row.Restarted();
    }

    /// <summary>Its stdout is cut by this.</summary>
    public void Watch(MjpegSplitter of) => (splitter, damagedSeen, damagedBefore) = (of, 0, 0);

    /// <summary>Looks at a whole picture; false when the camera is frozen, so that nobody needs it.</summary>
    public bool Look(FrameBuffer picture)
    {
        if (frozen)
            return false;
        CountDamaged();
        damagedBefore = damagedSeen;
        Taken++;
        switch (row.Look(picture.Span))
        {
            case PictureRow.Frozen:
                frozen = true;
                break;
            case PictureRow.Still:
                Log.Still(logger, camera);
                break;
            case PictureRow.Flat:
                Log.Flat(logger, camera);
                break;
        }
        return !frozen;
    }

    /// <summary>Counts the pictures that came damaged since it was last called, and tells of them once a minute.</summary>
    public void CountDamaged()
    {
        var more = (splitter?.Damaged ?? 0) - damagedSeen;
        if (more == 0)
            return;
        damagedSeen += more;
        damagedUntold += more;
        counts.CountDamaged(more);
        if (damageToldAt is { } told && time.GetElapsedTime(told) < DamageTold)
            return;
        Log.Damaged(logger, camera, damagedUntold, counts.Damaged);
        (damageToldAt, damagedUntold) = (time.GetTimestamp(), 0);
    }

    /// <summary>Why the program was stopped; null when it was not.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="said">What it wrote to stderr.</param>
    /// <param name="stalledFor">For how long nothing came, when that is why.</param>
    public CameraException? Failure(string program, IReadOnlyCollection<string> said, TimeSpan? stalledFor)
    {
        if (frozen)
            return new("The picture is frozen: for 10 s each had the same bytes, which a sensor's noise does not allow; its program was stopped.") { Trouble = CameraTrouble.Frozen };
        if (stalledFor is not { TotalSeconds: var seconds })
            return null;
        var what = damagedSeen > damagedBefore
            ? $"The camera sends no whole picture: for {seconds:0} s each of {damagedSeen - damagedBefore} came cut off or damaged, after {Taken} whole ones"
            : $"The camera stalled: no picture for {seconds:0} s, after {Taken}";
        var next = CameraFault.Explain(program, said) ?? "If that happens again, check the ribbon cable and the power supply: `agent doctor` tells of the latter.";
        return new($"{what}; its program was stopped. {next}") { Trouble = damagedSeen > damagedBefore ? CameraTrouble.Damaged : CameraTrouble.Stalled };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Camera {Camera}: {Count} picture(s) came cut off or damaged and are left out, {All} so far. A few at a start are usual; many mean a bad cable or a weak power supply.")]
        public static partial void Damaged(ILogger logger, CameraName camera, long count, long all);

        [LoggerMessage(2, LogLevel.Warning, "Camera {Camera}: the same picture came after the restart too. It is taken as what stands before the camera and goes on; if that cannot be, unplug the camera or reboot this Pi.")]
        public static partial void Still(ILogger logger, CameraName camera);

        [LoggerMessage(3, LogLevel.Warning, "Camera {Camera}: the pictures are one flat tone and do not change. Is the lens covered, or is it dark? It goes on.")]
        public static partial void Flat(ILogger logger, CameraName camera);
    }
}
