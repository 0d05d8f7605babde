using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PiStereoLink.Vision;

/// <summary>
/// A YAML file of numbers, words and matrices ({rows, cols, data}), as OpenCV's FileStorage and ROS write them, or OpenCV's XML. OpenCV
/// calls its dialect %YAML:1.0, which no YAML parser takes for a directive; the rest is YAML.
/// </summary>
internal sealed class YamlNumbers
{
    // A calibration that keeps all its corners has about a megabyte.
    private const long MaxBytes = 16 << 20;

    private readonly Dictionary<string, YamlNode> values;

    private YamlNumbers(string path, Dictionary<string, YamlNode> values) => (Path, this.values) = (path, values);

    public string Path { get; }

    public bool IsXml { get; private init; }

    /// <exception cref="InvalidDataException">It is no such file; the sentence names it.</exception>
    public static YamlNumbers Read(string path)
    {
        if (new FileInfo(path) is { Length: > MaxBytes } large)
            throw new InvalidDataException($"{path} has {large.Length} bytes; a calibration as YAML or XML has up to {MaxBytes}.");
        var text = File.ReadAllText(path);
        if (text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<"))
            return new YamlNumbers(path, FileStorageXml.Read(path, text)) { IsXml = true };
        if (text.StartsWith("%YAML:", StringComparison.Ordinal))
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? new YamlNumbers(path, root.Children.Where(pair => pair.Key is YamlScalarNode).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => pair.Value, StringComparer.Ordinal))
                : throw new InvalidDataException($"{path} holds no names with values; an OpenCV or ROS calibration does.");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path} is no YAML that can be read: line {e.Start.Line}: {e.Message}", e);
        }
    }

    public bool Has(string key) => values.ContainsKey(key);

    public string? Word(string key) => values.GetValueOrDefault(key) is YamlScalarNode { Value: { } word } ? word : null;

    public double Number(string key) => TryNumber(values.GetValueOrDefault(key), out var number)
        ? number
        : throw new InvalidDataException($"{Path}: '{key}' is no number.");

    public int Integer(string key) => Number(key) is var number && number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue
        ? (int)number
        : throw new InvalidDataException($"{Path}: '{key}' is {number}; a whole number was expected.");

    public double[,] Matrix(string key, int rows, int columns)
    {
        var data = Vector(key);
        if (data.Length != rows * columns || Part(key, "rows") != rows || Part(key, "cols") != columns)
            throw new InvalidDataException($"{Path}: '{key}' is {Part(key, "rows")}x{Part(key, "cols")} with {data.Length} values; {rows}x{columns} was expected.");
        var matrix = new double[rows, columns];
        Buffer.BlockCopy(data, 0, matrix, 0, data.Length * sizeof(double));
        return matrix;
    }

    /// <summary>A matrix's values, row by row, whatever its shape.</summary>
    public double[] Vector(string key)
    {
        if (values.GetValueOrDefault(key) is not YamlMappingNode matrix || !matrix.Children.TryGetValue("data", out var data) || data is not YamlSequenceNode list)
            throw new InvalidDataException($"{Path} has no matrix '{key}'.");
        return [.. list.Children.Select(node => TryNumber(node, out var number) ? number : throw new InvalidDataException($"{Path}: '{key}' holds '{node}', which is no number."))];
    }

    private int Part(string key, string part) =>
        ((YamlMappingNode)values[key]).Children.TryGetValue(part, out var node) && TryNumber(node, out var number) ? (int)number : 0;

    private static bool TryNumber(YamlNode? node, out double number)
    {
        var text = (node as YamlScalarNode)?.Value;
        // OpenCV writes .Nan, .Inf and -.Inf, ROS writes .nan and .inf.
        number = text?.ToUpperInvariant() switch { ".NAN" => double.NaN, ".INF" => double.PositiveInfinity, "-.INF" => double.NegativeInfinity, _ => 0 };
        return number != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
