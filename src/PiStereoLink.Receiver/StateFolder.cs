using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver;

/// <summary>The folder of what the receiver remembers. While it runs, <c>receiver.json</c> there says where it can be reached.</summary>
public sealed partial class StateFolder : IDisposable
{
    private readonly string file;

    /// <summary>The folder is made if it is missing.</summary>
    public StateFolder(string? folder)
    {
        Folder = folder ?? Default;
        Directory.CreateDirectory(Folder);
        file = Path.Combine(Folder, "receiver.json");
    }

    /// <summary>systemd's, else the user's: <c>~/.local/state/pistereolink/receiver</c>.</summary>
    public static string Default =>
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0] ??
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } home
                ? home
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
            "pistereolink", "receiver");

    public string Folder { get; }

    /// <summary>Tells other programs where frames and pages are; the file appears whole.</summary>
    /// <param name="frames">The plain port; null without one.</param>
    /// <param name="tls">The TLS port; null without one.</param>
    /// <param name="web">Where the pages are.</param>
    public void Announce(string? frames, string? tls, string web)
    {
        var part = file + ".part";
        File.WriteAllText(part, JsonSerializer.Serialize(new Running(Environment.ProcessId, frames, tls, web), RunningJson.Default.Running));
        File.Move(part, file, overwrite: true);
    }

    public void Dispose() => File.Delete(file);

    /// <summary>What a receiver has announced in this folder, if one has and its process is there.</summary>
    internal static Running? RunningIn(string folder)
    {
        try
        {
            var running = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, "receiver.json")), RunningJson.Default.Running);
            using var process = Process.GetProcessById(running?.ProcessId ?? 0);
            return process.HasExited ? null : running;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    internal sealed record Running(int ProcessId, string? Frames, string? Tls, string Web);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Running))]
    internal sealed partial class RunningJson : JsonSerializerContext;
}
