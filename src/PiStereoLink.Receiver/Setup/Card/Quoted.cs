namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// Text as one value in the languages that first-boot files are written in. Control characters do not occur: <see cref="CardChecks"/>
/// refuses them.
/// </summary>
public static class Quoted
{
    /// <summary>One word of a POSIX shell.</summary>
    public static string Shell(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>A double-quoted string of YAML and of TOML, of which only the two escapes that both have are used.</summary>
    public static string YamlOrToml(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A value of a GLib key file, which is what NetworkManager's profiles are; blanks at its ends would be lost.</summary>
    public static string KeyFile(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(" ", @"\s", StringComparison.Ordinal);
}
