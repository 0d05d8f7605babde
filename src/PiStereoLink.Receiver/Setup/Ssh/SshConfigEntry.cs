namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>The entry of ~/.ssh/config that makes ssh use the key for this host. Other people's entries stay as they are.</summary>
internal static class SshConfigEntry
{
    /// <summary>The file with the entry in it: before the first entry, because the first setting that is read wins, but behind what stands before it and holds for all hosts.</summary>
    public static string Added(string config, string entry)
    {
        var lines = config.Split('\n');
        var first = Array.FindIndex(lines, line => Keyword(line) is "host" or "match");
        if (first < 0)
            return config.Length == 0 ? entry : config.TrimEnd('\n') + "\n\n" + entry;
        // Comments right above an entry belong to it.
        while (first > 0 && lines[first - 1].StartsWith('#'))
            first--;
        return string.Join('\n', lines[..first]) + (first > 0 ? "\n" : "") + entry + "\n" + string.Join('\n', lines[first..]);
    }

    /// <summary>The file as it was before <see cref="Added"/>.</summary>
    public static string Removed(string config, string entry) =>
        config.EndsWith("\n\n" + entry, StringComparison.Ordinal) ? config[..^(entry.Length + 1)] :
        config == entry ? "" :
        config.Replace(entry + "\n", "", StringComparison.Ordinal);

    public static string Entry(SshTarget target, string key) =>
        $"# Written by pistereolink ssh-setup\nHost {target.Host}\n" +
        (target.User is { } user ? $"    User {user}\n" : "") +
        (target.Port is { } port ? $"    Port {port}\n" : "") +
        $"    IdentityFile {Quoted(SshFolder.Shorten(key))}\n    IdentitiesOnly yes\n";

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

    private static string Keyword(string line) => line.TrimStart().Split([' ', '\t', '='], 2)[0].ToLowerInvariant();
}
