using System.Globalization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>
/// Left and right the wrong way round: partners then lie to the right, where nobody looks for them, and hardly a pixel gets
/// a disparity. Worth a second look only when the first one found little.
/// </summary>
internal static class SwappedEyes
{
    private const double LittlePercent = 25;

    /// <summary>A sentence if the pair gives far more the other way round; null else.</summary>
    public static string? Warning(DepthPipeline pipeline, DisparityMap found, byte[] left, byte[] right)
    {
        var density = found.DensityPercent();
        if (density >= LittlePercent)
            return null;
        var other = pipeline.Process(right, left).Disparity.DensityPercent();
        return other > LittlePercent && other > 2 * density
            ? string.Create(CultureInfo.InvariantCulture, $"Left and right seem to be swapped: {density:0} % of the pixels have a disparity, and {other:0} % with the pictures the other way round. Swap --left and --right.")
            : null;
    }
}
