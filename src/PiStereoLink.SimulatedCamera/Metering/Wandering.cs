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

    // In radians for each frame of the grid: a wave of a bit over 20 frames, and one that is no multiple of it.
    private const double Slow = 0.29, Slower = 0.113;

    /// <summary>What the environment asks for, in per cent; what is no such number is an <see cref="ArgumentException"/>.</summary>
    public static Wandering FromEnvironment()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(text) ? default
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 50 ? new(percent / 100)
            : throw new ArgumentException($"{Variable}: '{text}' is not a number of per cent from 0 to 50.");
    }

    /// <summary>What is found over what is right, at an instant of the grid.</summary>
    public double At(long index) => 1 + Share * (Math.Sin(index * Slow) + Math.Sin(index * Slower)) / 2;
}
