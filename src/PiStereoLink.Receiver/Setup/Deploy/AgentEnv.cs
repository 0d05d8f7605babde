using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>The agent's settings as lines of a file that systemd reads: those that are asked for are changed, every other line stays.</summary>
public static partial class AgentEnv
{
    private const string Prefix = "PISTEREOLINK_Agent__";

    /// <summary>The file with these settings.</summary>
    /// <param name="text">The file as it is.</param>
    /// <param name="settings">Name (<c>Width</c>, <c>Cameras__0</c>) and value; null makes a comment of its line.</param>
    public static string With(string text, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        foreach (var (name, value) in settings)
        {
            var line = $"{Prefix}{name}={value}";
            var active = lines.FindIndex(one => one.StartsWith($"{Prefix}{name}=", StringComparison.OrdinalIgnoreCase));
            var at = active >= 0 ? active : lines.FindIndex(one => one.StartsWith($"#{Prefix}{name}=", StringComparison.OrdinalIgnoreCase));
            if (value is null && active >= 0)
                lines[active] = "#" + lines[active];
            else if (value is not null && at >= 0)
                lines[at] = line;
            else if (value is not null)
                lines.Add(line);
        }
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>A setting's value; null when it is not set.</summary>
    public static string? Of(string text, string name) =>
        text.Split('\n').LastOrDefault(line => line.StartsWith($"{Prefix}{name}=", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : null;

    /// <summary>The cameras: which are set now is replaced, so that a camera that was taken away does not stay.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Cameras(string text, IReadOnlyList<string> cameras)
    {
        for (var i = 0; i < cameras.Count || Of(text, $"Cameras__{i}") is not null; i++)
            yield return new($"Cameras__{i}", i < cameras.Count ? cameras[i] : null);
    }

    /// <summary>A setting as a user writes it, <c>Width=1280</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static KeyValuePair<string, string?> Parse(string text) => Allowed().Match(text) is { Success: true } match
        ? new(match.Groups[1].Value, match.Groups[2].Value)
        : throw new FormatException($"--set {text}: NAME=VALUE is needed, such as Framerate=15; docs/configuration.md lists the names. A value has no quotes, backslashes or line ends.");

    [GeneratedRegex("""^([A-Za-z][A-Za-z0-9_]*)=([^"'\\\x00-\x1f]+)$""")]
    private static partial Regex Allowed();
}
