namespace PiStereoLink.Benchmarks;

/// <summary>Where the programs and the peers are.</summary>
internal static class Places
{
    /// <summary>The folder of the peers, where it stands beside the repository.</summary>
    private static readonly string? Peers = FindPeers(AppContext.BaseDirectory);

    /// <summary>One of this project's programs, of the same build as this one.</summary>
    public static string Program(string project) =>
        Path.Combine(AppContext.BaseDirectory.Replace("PiStereoLink.Benchmarks", project, StringComparison.Ordinal), project);

    /// <summary>A Python program of the peers, or null.</summary>
    public static string? Peer(string name) => Peers is null ? null : Path.Combine(Peers, name);

    /// <summary>A program on the PATH, or null.</summary>
    public static string? Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string? FindPeers(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Combine(folder, "shared", "peers") is var peers && Directory.Exists(peers))
                return peers;
        return null;
    }
}
