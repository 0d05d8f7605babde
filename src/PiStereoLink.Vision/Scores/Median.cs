namespace PiStereoLink.Vision;

/// <summary>The middle value: of an even number, half way between the two in the middle.</summary>
public static class Median
{
    /// <summary>Of what there is; null of nothing.</summary>
    public static double? Of(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
