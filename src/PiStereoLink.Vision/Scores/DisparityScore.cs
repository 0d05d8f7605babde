namespace PiStereoLink.Vision;

/// <summary>
/// How a disparity map compares with a known truth, in the measures of the Middlebury stereo page
/// (Scharstein and Szeliski, IJCV 2002), taken over the truth's pixels that got a disparity.
/// </summary>
/// <param name="Bad1">Per cent of those that are wrong by more than 1 px; null where there are none.</param>
/// <param name="Bad2">Per cent wrong by more than 2 px; null where there are none.</param>
/// <param name="Rms">Root mean square error, px; null where there are none.</param>
/// <param name="Density">Those pixels, per cent of all pixels with a known truth.</param>
public sealed record DisparityScore(double? Bad1, double? Bad2, double? Rms, double Density)
{
    /// <summary>Compares two pictures in px, infinity = none.</summary>
    /// <exception cref="InvalidDataException">They are not of one size, or the truth is empty.</exception>
    public static DisparityScore Evaluate(FloatPicture disparity, FloatPicture truth)
    {
        ArgumentNullException.ThrowIfNull(disparity);
        ArgumentNullException.ThrowIfNull(truth);
        if (disparity.Width != truth.Width || disparity.Height != truth.Height)
            throw new InvalidDataException($"The disparity is {disparity.Width}x{disparity.Height}, the truth {truth.Width}x{truth.Height}; both must be of one size.");

        var (known, got, bad1, bad2, squares) = (0, 0, 0, 0, 0.0);
        var ours = disparity.Values;
        var theirs = truth.Values;
        for (var i = 0; i < ours.Length; i++)
        {
            if (!FloatPicture.HasValue(theirs[i]))
                continue;
            known++;
            if (!FloatPicture.HasValue(ours[i]))
                continue;
            got++;
            var error = Math.Abs((double)ours[i] - theirs[i]);
            bad1 += error > 1 ? 1 : 0;
            bad2 += error > 2 ? 1 : 0;
            squares += error * error;
        }
        if (known == 0)
            throw new InvalidDataException("The truth holds no known pixel.");
        return got == 0
            ? new DisparityScore(null, null, null, 0)
            : new DisparityScore(100.0 * bad1 / got, 100.0 * bad2 / got, Math.Sqrt(squares / got), 100.0 * got / known);
    }
}
