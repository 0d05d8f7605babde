using System.Buffers;
using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Which camera: an index of the camera program's own list, a model or a part of an id path to find in it, a USB camera's device, or an eye of the simulated rig.</summary>
/// <param name="Simulated">The simulated camera program plays it.</param>
/// <param name="Index">What the program gets as <c>--camera</c>, unless something is wanted.</param>
/// <param name="Wanted">A model or a part of an id path: it stays true when another camera changes the indices.</param>
/// <param name="Device">A USB camera: <c>/dev/video0</c>, or a name that leads there.</param>
public readonly record struct CameraSpec(bool Simulated, int Index, string? Wanted = null, string? Device = null)
{
    /// <summary>What can be given, for sentences.</summary>
    public const string Allowed = "an index such as 0, a model such as imx708, a part of an id path such as i2c@88000, a USB camera such as /dev/video0, sim:left and sim:right can";

    private const int LargestIndex = 99;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/@_,.:+-");

    /// <summary>True when the index itself was given.</summary>
    public bool IsIndex => !Simulated && Wanted is null && Device is null;

    /// <summary>Reads <c>0</c>, <c>imx708</c>, <c>i2c@88000</c>, <c>/dev/video0</c>, <c>sim:left</c>, <c>sim:right</c>.</summary>
    public static bool TryParse(string? text, out CameraSpec spec)
    {
        var known = text switch
        {
            "sim:left" => new CameraSpec(Simulated: true, 0),
            "sim:right" => new CameraSpec(Simulated: true, 1),
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= LargestIndex
                => new CameraSpec(Simulated: false, index),
            _ when CanBeDevice(text) => new CameraSpec(Simulated: false, 0, Device: text),
            _ when CanBeWanted(text) => new CameraSpec(Simulated: false, 0, text),
            _ => (CameraSpec?)null,
        };
        spec = known.GetValueOrDefault();
        return known is not null;
    }

    /// <summary>The cameras and their names on the wire: an index is its own name, any other gets the lowest number free.</summary>
    public static IReadOnlyList<(CameraSpec Spec, string Name)> Named(IEnumerable<string> texts)
    {
        var specs = texts.Select(text => TryParse(text, out var spec) ? spec : throw new ArgumentException($"'{text}' is no camera.", nameof(texts))).ToList();
        var taken = specs.Where(spec => spec.IsIndex).Select(spec => spec.Index).ToHashSet();
        return [.. specs.Select(spec => (spec, (spec.IsIndex ? spec.Index : LowestFree(taken)).ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Indices and devices that stand in the list more than once; a simulated eye may, and what a model or a link stands for is not known before it is looked up.</summary>
    public static IEnumerable<string> GivenTwice(IEnumerable<string> texts) =>
        texts.Select(text => TryParse(text, out var spec) ? spec : default(CameraSpec?))
            .Where(spec => spec is { IsIndex: true } or { Device: not null })
            .GroupBy(spec => spec)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key!.Value.Device ?? same.Key.Value.Index.ToString(CultureInfo.InvariantCulture));

    // udev puts what a camera calls itself into the names under /dev/v4l/by-id.
    private static bool CanBeDevice(string? text) =>
        text is { Length: <= 300 } && text.StartsWith("/dev/", StringComparison.Ordinal) && text.Length > "/dev/".Length && !text.Any(char.IsControl);

    // sim:middle is a slip.
    private static bool CanBeWanted(string? text) =>
        text is { Length: > 0 and <= 200 } && (char.IsAsciiLetter(text[0]) || text[0] == '/') && !text.AsSpan().ContainsAnyExcept(Characters)
        && !text.StartsWith("sim:", StringComparison.Ordinal) && !text.StartsWith("/dev/", StringComparison.Ordinal);

    private static int LowestFree(HashSet<int> taken)
    {
        var number = 0;
        while (!taken.Add(number))
            number++;
        return number;
    }
}
