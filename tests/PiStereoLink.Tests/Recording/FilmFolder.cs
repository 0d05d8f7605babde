using System.Globalization;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Recording;

/// <summary>A camera program that plays a film of which everything is known: 100 pictures, 30 a second, each tenth a key picture.</summary>
internal sealed class FilmFolder : IDisposable
{
    public const int Pictures = 100;

    public const string UntilStopped = "while true; do sleep 0.05; done\n";

    /// <summary>On SIGINT, as rpicam-vid does. Stands first, for a signal can come at any time.</summary>
    public const string EndsInOrder = "trap 'exit 0' INT\n";

    public const string Film = "echo \"$arguments\" > \"$here/called\"\n[ -z \"$metadata\" ] || cat \"$here/metadata\" > \"$metadata\"\ncat \"$here/film.h264\"\n";

    private readonly CameraFolder folder = new();

    private FilmFolder(byte[] film, int framerate)
    {
        Bytes = film;
        File.WriteAllBytes(Path.Combine(folder.Root, "film.h264"), film);
        // The first picture at 1760000000 s, 2025-10-09 08:53:20 UTC.
        File.WriteAllText(Path.Combine(folder.Root, "metadata"), "[\n" + string.Join(",\n", Enumerable.Range(0, Pictures).Select(picture => string.Create(CultureInfo.InvariantCulture,
            $"{{\n    \"SensorTimestamp\": {5_000_000_000 + picture * 1_000_000_000L / framerate},\n    \"FrameWallClock\": {1_760_000_000_000_000_000 + picture * 1_000_000_000L / framerate}\n}}"))) + "\n]\n");
        foreach (var tool in (string[])["ffmpeg", "bash"])
            File.CreateSymbolicLink(Path.Combine(folder.Root, tool), Tool.FindInstalled(tool));
    }

    public byte[] Bytes { get; }

    public string Root => folder.Root;

    /// <summary>Skips the test where ffmpeg is not installed.</summary>
    public static async Task<FilmFolder> MakeAsync(string? script = null, string program = "rpicam-vid", int framerate = 30)
    {
        var made = Path.GetTempFileName();
        try
        {
            var (exitCode, _, errors) = await Tool.RunInstalledAsync("ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30", "-frames:v", $"{Pictures}",
                "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "10", "-f", "h264", made);
            Assert.True(exitCode == 0, errors);
            var folder = new FilmFolder(await File.ReadAllBytesAsync(made), framerate);
            folder.folder.Program(program, script ?? EndsInOrder + Film + CameraFolder.Write("played", "all") + UntilStopped);
            return folder;
        }
        finally
        {
            File.Delete(made);
        }
    }

    /// <summary>Script text: this many times the first part, then the film to its end.</summary>
    public static string First(int times, string first) => EndsInOrder + $"""
        n=$(cat "$here/n" 2>/dev/null || echo 0)
        echo $((n + 1)) > "$here/n"
        if [ $n -lt {times} ]; then
        {first}
        fi

        """ + Film + CameraFolder.Write("played", "all") + UntilStopped;

    public string Out(string name = "") => Path.Combine(Root, "out", name);

    public AgentProcess Record(params string[] arguments) => AgentProcess.Start(
        folder.SearchPath, [.. Usual(arguments)], executable: null, ("TZ", "UTC"));

    /// <summary>As <see cref="Record"/>, through a shell that has a word before it.</summary>
    public AgentProcess RecordThrough(string shell, params string[] arguments) => AgentProcess.Start(
        folder.SearchPath, ["-c", shell + "exec \"$0\" \"$@\"", Programs.Path("PiStereoLink.Agent"), .. Usual(arguments)],
        Tool.FindInstalled("bash"), ("TZ", "UTC"), ("DOTNET_EnableWriteXorExecute", "0"));

    /// <summary>Another program instead of an installed one.</summary>
    public void Replace(string tool, string script)
    {
        File.Delete(Path.Combine(Root, tool));
        folder.Program(tool, script);
    }

    /// <summary>Completes when the program has played the film to its end.</summary>
    public Task PlayedAsync() => folder.FileAsync("played");

    public string Called => File.ReadAllText(Path.Combine(Root, "called")).Trim();

    /// <summary>The names of all files of the recording, hidden ones too.</summary>
    public string[] Files() => [.. Directory.EnumerateFiles(Out(), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Out(), file)).Order(StringComparer.Ordinal)];

    private static string[] Usual(string[] arguments) =>
        ["record", "--width", "320", "--height", "240", .. arguments.Contains("--min-free") ? [] : (string[])["--min-free", "1"], .. arguments];

    public void Dispose() => folder.Dispose();
}
