using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Which lens model a rig gets: the simpler one, unless the other is clearly better.</summary>
internal static class LensChoice
{
    // Corners are not found independently of each other, so the information criterion alone is too easily convinced.
    private const double ClearlyBetter = 0.95;

    // Makes up for a model that goes wrong beyond the corners that were seen: the simple one is wrong where they were seen.
    private const double FarBetter = 0.6;

    // The solver's time grows with the third power of the views: the choice is made on these, and they are where the whole solve begins.
    private const int FewViews = 20;

    /// <summary>Solves both eyes, with one model for both.</summary>
    public static (SolvedEye Left, SolvedEye Right) Solve(IReadOnlyList<BoardPair> pairs, ChessBoard board, Size picture)
    {
        if (pairs.Count <= FewViews)
            return Choose(pairs, board, picture);
        var few = Choose(PairSample.Spread(pairs, FewViews, board, picture), board, picture);
        return SolveBoth(pairs, board, picture, few.Left.Model, few) ?? throw NoCamera();
    }

    // Solves with each model.
    private static (SolvedEye Left, SolvedEye Right) Choose(IReadOnlyList<BoardPair> pairs, ChessBoard board, Size picture)
    {
        var polynomial = SolveBoth(pairs, board, picture, LensModel.Polynomial, null);
        var rational = SolveBoth(pairs, board, picture, LensModel.Rational, null);
        return (polynomial, rational) switch
        {
            ({ } simple, { } rich) => IsBetter(rich, simple, pairs, picture) ? rich : simple,
            ({ } simple, null) => simple,
            (null, { } rich) => rich,
            _ => throw NoCamera(),
        };
    }

    // Both eyes at the same time; null where the solver gives up.
    private static (SolvedEye Left, SolvedEye Right)? SolveBoth(
        IReadOnlyList<BoardPair> pairs, ChessBoard board, Size picture, LensModel model, (SolvedEye Left, SolvedEye Right)? start)
    {
        var eyes = new SolvedEye?[2];
        Parallel.For(0, 2, eye =>
        {
            try
            {
                Point2f[][] views = [.. pairs.Select(pair => eye == 0 ? pair.Left : pair.Right)];
                eyes[eye] = SolvedEye.Solve(views, board, picture, model, eye == 0 ? start?.Left : start?.Right);
            }
            catch (OpenCVException)
            {
                // Views that no camera of this model can have seen; the caller has another model, or says so.
            }
        });
        return eyes is [{ } left, { } right] && double.IsFinite(left.RmsPx + right.RmsPx) ? (left, right) : null;
    }

    // Bayes' information criterion: three more coefficients an eye must pay for themselves, and the fit must also be good for something.
    private static bool IsBetter((SolvedEye Left, SolvedEye Right) rich, (SolvedEye Left, SolvedEye Right) simple, IReadOnlyList<BoardPair> pairs, Size picture)
    {
        var (before, after) = (SquareError(simple), SquareError(rich));
        if (IsSound(rich, picture) && !IsSound(simple, picture) && after <= before)
            return true;
        var numbers = 4.0 * pairs.Count * pairs[0].Left.Length;
        var isWorth = numbers * Math.Log(before / after) > 6 * Math.Log(numbers);
        return isWorth && Math.Sqrt(after / before) < (IsSound(rich, picture) ? ClearlyBetter : FarBetter);
    }

    private static bool IsSound((SolvedEye Left, SolvedEye Right) eyes, Size picture) => eyes.Left.Lens.IsSound(picture) && eyes.Right.Lens.IsSound(picture);

    private static InvalidDataException NoCamera() => new(
        "No camera can be found that sees the board as these pictures show it: check that --board names the inner corners of this board and that all pictures come from one rig.");

    private static double SquareError((SolvedEye Left, SolvedEye Right) eyes) => (eyes.Left.RmsPx * eyes.Left.RmsPx) + (eyes.Right.RmsPx * eyes.Right.RmsPx);
}
