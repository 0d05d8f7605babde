namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>The host's key, by which ssh knows that it talks to the same machine as before.</summary>
internal static class KnownHost
{
    public static async Task<bool> IsKnownAsync(SshSettings settings, CancellationToken cancellation)
    {
        foreach (var file in settings.KnownHosts.Where(File.Exists))
            if ((await SshProcess.RunAsync("ssh-keygen", ["-F", settings.KnownName, "-f", file], null, cancellation)) is { Done: true, Output.Length: > 0 })
                return true;
        return false;
    }

    /// <summary>The keys that the host shows, with their fingerprints. Empty where it cannot be asked.</summary>
    public static async Task<IReadOnlyList<ShownKey>> AskAsync(SshSettings settings, CancellationToken cancellation)
    {
        var scan = await ScanAsync(settings, ["-t", "ed25519"], cancellation);
        if (scan.Output.Length == 0)    // an old sshd
            scan = await ScanAsync(settings, [], cancellation);
        var shown = new List<ShownKey>();
        foreach (var line in scan.Output.Split('\n').Where(line => line.Split(' ') is [_, _, _] && !line.StartsWith('#')).Order(StringComparer.Ordinal))
        {
            using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            // "256 SHA256:... raspberrypi.local (ED25519)"
            var print = (await SshProcess.RunAsync("ssh-keygen", ["-lf", "-"], input, cancellation)).Output.Split(' ', StringSplitOptions.TrimEntries);
            if (print is [_, var fingerprint, .., var kind])
                shown.Add(new(line.Split(' ', 2)[1], fingerprint, kind.Trim('(', ')')));
        }
        return shown;
    }

    private static Task<SshAnswer> ScanAsync(SshSettings settings, string[] kinds, CancellationToken cancellation) =>
        SshProcess.RunAsync("ssh-keyscan", [.. kinds, "-T", "10", "-p", $"{settings.Port}", "--", settings.HostName], null, cancellation);

    public static void Remember(SshSettings settings, IEnumerable<ShownKey> keys)
    {
        var file = settings.KnownHosts.First();
        var text = SshFolder.Read(file);
        if (text.Length > 0 && !text.EndsWith('\n'))
            text += "\n";
        SshFolder.Write(file, text + string.Concat(keys.Select(key => $"{settings.KnownName} {key.Key}\n")));
    }
}

/// <param name="Key">Kind and key, as in known_hosts.</param>
/// <param name="Fingerprint">SHA256:...</param>
/// <param name="Kind">ED25519, ECDSA or RSA.</param>
internal sealed record ShownKey(string Key, string Fingerprint, string Kind)
{
    public override string ToString() => $"{Fingerprint} ({Kind})";
}
