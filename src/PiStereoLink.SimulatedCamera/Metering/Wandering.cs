using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Metering;

/// <summary>
/// How far automatic exposure and white balance stray from what they should find: real ones never come to the same end twice, which is
/// what makes a timelapse flicker.
/// </summary>
/// <param name="Share">The most, as a share of what is right; 0 never strays.</param>
internal readonly record struct Wandering(double Share)
{
    private const string Variable = "PISTEREOLINK_SIM_WANDER";

    // Every so many frames of the grid the aim is another one, and between them it glides.
    private const int FramesToTheNextAim = 8;

    /// <summary>What the environment asks for, in per cent; what is no such number is an <see cref="ArgumentException"/>.</summary>
    public static Wandering FromEnvironment()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(text) ? default
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 50 ? new(percent / 100)
            : throw new ArgumentException($"{Variable}: '{text}' is not a number of per cent from 0 to 50.");
    }

    /// <summary>What is found over what is right, at an instant of the grid.</summary>
    /// <remarks>
    /// The same instant always gives the same, and no rhythm of taking pictures meets one in it: with waves, a timelapse in step with
    /// them does not flicker.
    /// </remarks>
    public double At(long index)
    {
        var (aim, frame) = Math.DivRem(index, FramesToTheNextAim);
        var along = (double)frame / FramesToTheNextAim;
        return 1 + Share * double.Lerp(Aim(aim), Aim(aim + 1), along * along * (3 - 2 * along));
    }

    /// <summary>From -1 to 1, evenly, and without any relation to its neighbours.</summary>
    private static double Aim(long index)
    {
        // The finalizer of SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
        var bits = unchecked((ulong)index * 0x9E3779B97F4A7C15);
        bits = unchecked((bits ^ bits >> 30) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ bits >> 27) * 0x94D049BB133111EB);
        bits ^= bits >> 31;
        return (bits >> 11) * Math.ScaleB(1, -52) - 1;
    }
}
