using System.Net;
using System.Text.Json;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>The real agent as a process, with a camera program that plays a <see cref="Film"/>.</summary>
internal sealed class Pi
{
    private static readonly string[] Tools = ["basename", "cat", "cut", "dirname", "head", "mv", "setpriv", "setsid", "sleep", "tr"];

    private readonly string folder;

    /// <param name="folder">A folder of its own.</param>
    /// <param name="perSecond">Pictures a second.</param>
    /// <param name="pictures">After so many <see cref="HasPlayed"/> is true; the film goes on.</param>
    public Pi(string folder, int perSecond, int pictures = Film.Pictures)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(folder, tool), Shell.Find(tool));
        Film.Write(Path.Combine(folder, "film"));
        var burst = Math.Max(1, perSecond / 10);      // fewer programs to start than pictures
        var program = Path.Combine(folder, "rpicam-vid");
        File.WriteAllText(program, FormattableString.Invariant($"""
            #!/bin/bash
            here="$(dirname "$0")"
            for ((i = 0; ; i += {burst})); do
              [ $((i % {Film.Pictures})) -ne 0 ] || exec 3< "$here/film"
              [ $i -ne {pictures / burst * burst} ] || echo all > "$here/played"
              head -c {burst * Film.PictureBytes} <&3 || exit
              sleep {(double)burst / perSecond:0.####}
            done

            """));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        State = Path.Combine(folder, "state");
    }

    /// <summary>Its state folder, spool and all.</summary>
    public string State { get; init; }

    public string SpoolOf(string node, int camera) => Path.Combine(State, "spool", node, $"{camera}");

    /// <summary>Whether a camera has given all its pictures.</summary>
    public bool HasPlayed => File.Exists(Path.Combine(folder, "played"));

    public Child Start(IPEndPoint to, string node, int cameras = 1, string? inNamespace = null, int drainSeconds = 60) =>
        new("PiStereoLink.Agent", ["run", "--to", $"{to}", "--state", State, "--node", node, "--spool", "always", "--drain", $"{drainSeconds}",
            .. Enumerable.Range(0, cameras).SelectMany(camera => new[] { "--camera", $"{camera}" })], inNamespace, folder);

    /// <summary>Stops it in order and returns its last line.</summary>
    public static async Task<PiTally> StopAsync(Child agent, TimeSpan within)
    {
        agent.Signal("TERM");
        var output = (await agent.EndsAsync(within)).TrimEnd();
        return output.Length > 0 ? JsonSerializer.Deserialize<PiTally>(output.Split('\n')[^1], JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"The agent ended without its last line:\n{agent.Said}");
    }
}

/// <summary>The agent's last line.</summary>
internal sealed record PiTally(long SpooledAtStart, long Captured, long Acked, long Unconfirmed, long Spooled, long InFlight, Dictionary<string, long> Dropped)
{
    public bool Balances => SpooledAtStart + Captured == Acked + Unconfirmed + Spooled + InFlight + Dropped.Values.Sum();
}
