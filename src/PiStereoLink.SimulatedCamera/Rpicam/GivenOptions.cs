using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>The options of one command line, read as values; what is no value is refused in boost's words.</summary>
internal sealed class GivenOptions(string[] args, OptionTable table, Generation generation)
{
    private readonly Dictionary<string, string> given = CommandLine.Parse(args, table);

    public string? Text(string name) => given.GetValueOrDefault(name);

    public bool Is(string name) => given.TryGetValue(name, out var value) && value switch
    {
        "1" or "true" or "yes" or "on" => true,
        "0" or "false" or "no" or "off" => false,
        _ => throw Invalid(name),
    };

    public int Whole(string name, int otherwise) =>
        !given.TryGetValue(name, out var value) ? otherwise
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Invalid(name);

    public double? Number(string name) =>
        !given.TryGetValue(name, out var value) ? null
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Invalid(name);

    /// <summary>A duration; before units came, a whole number of <paramref name="unit"/> and nothing else.</summary>
    public TimeSpan Time(string name, TimeSpan otherwise, string unit = "ms")
    {
        if (!given.TryGetValue(name, out var value))
            return otherwise;
        if (!generation.IsOfPi5)
            Whole(name, 0);
        return TimeText.Parse(value, unit);
    }

    /// <summary>Numbers with commas between, as sscanf reads them; null where they are not so many.</summary>
    public double[]? Numbers(string name, int count)
    {
        var numbers = Text(name)?.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null).ToArray();
        return numbers?.Length == count && numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    /// <summary>One of some words, or the exception that names what it should have been.</summary>
    public string Word(string name, string otherwise, string refusal, params ReadOnlySpan<string> words)
    {
        var word = Text(name) ?? otherwise;
        return words.Contains(word) ? word : throw new CameraException($"{refusal}{word}");
    }

    private CameraException Invalid(string name) => new($"the argument ('{given[name]}') for option '--{name}' is invalid");
}
