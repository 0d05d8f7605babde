using System.Globalization;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>What a script has found out: lines <c>KEY=VALUE</c>; a key may come several times. Other lines are passed over.</summary>
public sealed class Facts
{
    private readonly ILookup<string, string> values;

    private Facts(ILookup<string, string> values) => this.values = values;

    public static Facts Parse(string text) => new(text.Split('\n')
        .Select(line => line.TrimEnd('\r').Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[1].Length > 0)
        .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal));

    /// <summary>The first value; null when there is none, or an empty one.</summary>
    public string? Of(string key) => values[key].FirstOrDefault();

    public IReadOnlyList<string> All(string key) => [.. values[key]];

    public bool Has(string key, string value) => values[key].Contains(value);

    public long? Number(string key) => long.TryParse(Of(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A file that came in base64; null when there is none.</summary>
    public string? File(string key)
    {
        var bytes = new byte[Of(key)?.Length ?? 0];
        return Of(key) is { } text && Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
