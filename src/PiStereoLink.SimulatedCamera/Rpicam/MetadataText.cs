using System.Text;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>One frame's metadata as the programs write it.</summary>
internal static class MetadataText
{
    /// <summary>An object without the newline that follows it.</summary>
    public static string Json((string Name, string Value)[] entries)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < entries.Length; i++)
        {
            // Only what holds a slash is quoted; the rest is numbers, true, false and [ a, b ].
            var quote = entries[i].Value.Contains('/', StringComparison.Ordinal) ? "\"" : "";
            text.Append(i == 0 ? "" : ",").Append($"\n    \"{entries[i].Name}\": {quote}{entries[i].Value}{quote}");
        }
        return text.Append("\n}").ToString();
    }

    /// <summary>Lines of name=value and an empty one.</summary>
    public static string Plain((string Name, string Value)[] entries) => string.Concat(entries.Select(entry => $"{entry.Name}={entry.Value}\n")) + "\n";
}
