namespace PiStereoLink.Vision;

/// <summary>How much of what a calibration needs the views show that were taken so far, each from 0 to 1.</summary>
public readonly record struct CoverageProgress(double X, double Y, double Size, double Skew)
{
    /// <summary>Nothing is left to be shown.</summary>
    public bool IsComplete => X >= 1 && Y >= 1 && Size >= 1 && Skew >= 1;
}

/// <summary>The views of a board that were taken, and whether another one would add to them. Not safe for several threads.</summary>
public sealed class TakenViews
{
    /// <summary>A view nearer than this to one that was taken adds nothing (camera_calibration's figure).</summary>
    private const double Near = 0.2;

    // What camera_calibration asks for: places over 70 % of the room each way, a size of 40 % and a skew of 50 %.
    private const double NeededX = 0.7, NeededY = 0.7, NeededSize = 0.4, NeededSkew = 0.5;

    private readonly List<BoardView> taken = [];

    /// <summary>How many.</summary>
    public int Count => taken.Count;

    /// <summary>Places count by their range; size and skew by the largest, since the smallest come by themselves.</summary>
    public CoverageProgress Progress => taken.Count == 0 ? default : new(
        Math.Min(1, (taken.Max(view => view.X) - taken.Min(view => view.X)) / NeededX),
        Math.Min(1, (taken.Max(view => view.Y) - taken.Min(view => view.Y)) / NeededY),
        Math.Min(1, taken.Max(view => view.Size) / NeededSize),
        Math.Min(1, taken.Max(view => view.Skew) / NeededSkew));

    /// <summary>Whether it is far enough from all that were taken.</summary>
    public bool IsNew(BoardView view) => taken.TrueForAll(other => other.Distance(view) >= Near);

    /// <summary>It was taken.</summary>
    public void Add(BoardView view) => taken.Add(view);
}
