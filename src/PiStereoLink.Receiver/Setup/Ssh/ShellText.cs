namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Texts for a Unix shell.</summary>
internal static class ShellText
{
    /// <summary>As one word that the shell leaves as it is, whatever stands in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The command that runs a script by sh, for whichever shell the user has there to hand on. Its messages are in
    /// English, because some are read by a program.
    /// </summary>
    public static string Script(string script, params string[] before) => $"env LC_ALL=C {string.Join("", before.Select(word => word + " "))}/bin/sh -c {Quote(script)}";
}
