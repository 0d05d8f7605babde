using System.Globalization;
using System.Text;

namespace PiStereoLink.Vision;

/// <summary>Numbers as every YAML reader takes them for numbers: exact, and always with a point (PyYAML reads 1e-05 as a word).</summary>
internal static class YamlText
{
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? ".Nan" : value > 0 ? ".Inf" : "-.Inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        if (text.Contains('.', StringComparison.Ordinal))
            return text;
        var exponent = text.IndexOf('e', StringComparison.Ordinal);
        return exponent < 0 ? text + ".0" : text.Insert(exponent, ".0");
    }

    public static string List(IEnumerable<double> values) => $"[ {string.Join(", ", values.Select(Number))} ]";

    public static IEnumerable<double> Values(double[,] matrix) => matrix.Cast<double>();

    public static StringBuilder Matrix(this StringBuilder yaml, string name, string tag, string kind, int rows, int columns, IEnumerable<double> values) =>
        yaml.Append(CultureInfo.InvariantCulture, $"{name}:{tag}\n  rows: {rows}\n  cols: {columns}\n{kind}  data: {List(values)}\n");
}
