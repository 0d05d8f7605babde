using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>What became of a pair that was looked at.</summary>
public enum PairVerdict
{
    /// <summary>New and still: it is worth keeping.</summary>
    Take,

    /// <summary>One eye or both do not show the whole board.</summary>
    NotFound,

    /// <summary>The eyes see the board the other way round: one picture is turned, or the board looks the same upside down.</summary>
    Turned,

    /// <summary>The board moves.</summary>
    Moving,

    /// <summary>A view like it has been taken.</summary>
    Known,
}

/// <summary>
/// Says which pairs of a running pair of cameras are worth keeping: both eyes show the board, it is still, and its view is a new
/// one. Not safe for several threads.
/// </summary>
public sealed class PairChooser(ChessBoard board)
{
    /// <summary>The mean motion of the corners from one pair to the next that counts as still, as a share of the picture's width: 1.3 px of 640.</summary>
    private const double StillShare = 0.002;

    private Point2f[]? lastLeft, lastRight;

    /// <summary>The views taken so far, as the left eye sees them.</summary>
    public TakenViews Coverage { get; } = new();

    /// <summary>The pictures come from a running camera, so a board must be still from one to the next; false for stored ones, which were chosen already.</summary>
    public bool MustBeStill { get; init; } = true;

    /// <summary>Looks at the next pair.</summary>
    /// <param name="left">The board in the left eye.</param>
    /// <param name="right">The board in the right eye.</param>
    /// <param name="isAskedFor">Somebody asked for it, or it is its turn: it need neither be still nor new.</param>
    /// <param name="onlyAskedFor">Nothing else is taken.</param>
    public PairVerdict Look(FoundBoard left, FoundBoard right, bool isAskedFor = false, bool onlyAskedFor = false)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (wasLeft, wasRight) = (lastLeft, lastRight);
        (lastLeft, lastRight) = (left.Corners, right.Corners);
        if (!left.IsFound || !right.IsFound)
            return PairVerdict.NotFound;
        if (BoardGrid.IsTurned(left.Corners, BoardGrid.TurnLike(left.Corners, right.Corners, board), board))
            return PairVerdict.Turned;
        var view = BoardView.Of(left.Corners, board, left.PictureSize);
        if (!isAskedFor && MustBeStill && !(IsStill(wasLeft, left) && IsStill(wasRight, right)))
            return PairVerdict.Moving;
        if (!isAskedFor && (onlyAskedFor || !Coverage.IsNew(view)))
            return PairVerdict.Known;
        Coverage.Add(view);
        return PairVerdict.Take;
    }

    private static bool IsStill(Point2f[]? before, FoundBoard now)
    {
        if (before is null)
            return false;
        var motion = before.Zip(now.Corners!).Average(pair => Math.Sqrt(Math.Pow(pair.First.X - pair.Second.X, 2) + Math.Pow(pair.First.Y - pair.Second.Y, 2)));
        return motion <= StillShare * now.PictureSize.Width;
    }
}
