using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Which camera: an index of the camera program's own list, or an eye of the simulated rig.</summary>
/// <param name="Simulated">The simulated camera program plays it.</param>
/// <param name="Index">What the program gets as <c>--camera</c>.</param>
public readonly record struct CameraSpec(bool Simulated, int Index)
{
    private const int LargestIndex = 99;

    /// <summary>Reads <c>0</c>, <c>sim:left</c>, <c>sim:right</c>.</summary>
    public static bool TryParse(string? text, out CameraSpec spec)
    {
        var known = text switch
        {
            "sim:left" => new CameraSpec(Simulated: true, 0),
            "sim:right" => new CameraSpec(Simulated: true, 1),
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= LargestIndex
                => new CameraSpec(Simulated: false, index),
            _ => (CameraSpec?)null,
        };
        spec = known.GetValueOrDefault();
        return known is not null;
    }

    /// <summary>The cameras and their names on the wire: an index is its own name, any other gets the lowest number free.</summary>
    public static IReadOnlyList<(CameraSpec Spec, string Name)> Named(IEnumerable<string> texts)
    {
        var specs = texts.Select(text => TryParse(text, out var spec) ? spec : throw new ArgumentException($"'{text}' is no camera.", nameof(texts))).ToList();
        var taken = specs.Where(spec => !spec.Simulated).Select(spec => spec.Index).ToHashSet();
        return [.. specs.Select(spec => (spec, (spec.Simulated ? LowestFree(taken) : spec.Index).ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Indices that stand in the list more than once; a simulated eye may.</summary>
    public static IEnumerable<int> IndicesGivenTwice(IEnumerable<string> texts) =>
        texts.Select(text => TryParse(text, out var spec) && !spec.Simulated ? spec.Index : -1)
            .Where(index => index >= 0)
            .GroupBy(index => index)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key);

    private static int LowestFree(HashSet<int> taken)
    {
        var number = 0;
        while (!taken.Add(number))
            number++;
        return number;
    }
}
