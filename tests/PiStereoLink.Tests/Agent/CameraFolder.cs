using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>
/// A temporary folder: camera programs that are shell scripts, to stand on PATH, and the agent's state. The scripts get
/// <c>$camera</c> and <c>$metadata</c> out of their arguments, and <c>$here</c>.
/// </summary>
internal sealed class CameraFolder : IDisposable
{
    private const string Prologue = """
        #!/bin/bash
        here="$(dirname "$0")"
        camera=0
        arguments="$*"
        while [ $# -gt 0 ]; do
          case "$1" in
            --camera) camera="$2"; shift ;;
            --metadata) metadata="$2"; shift ;;
          esac
          shift
        done

        """;

    /// <summary>Waits like a camera that is running; ends on a signal.</summary>
    public const string Forever = "\nexec sleep 1000\n";

    private static readonly string[] Tools = ["basename", "cat", "cut", "dirname", "head", "mv", "setpriv", "setsid", "sleep", "tr"];

    public CameraFolder()
    {
        Directory.CreateDirectory(Root);
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(Root, tool), new[] { "/usr/bin", "/bin" }.Select(bin => Path.Combine(bin, tool)).First(File.Exists));
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"pistereolink-{Guid.NewGuid():n}");

    public string State => Path.Combine(Root, "state");

    /// <summary>This folder alone: on a Pi the real camera programs stand in the system's.</summary>
    public string SearchPath => Root;

    /// <summary>Puts a program here; returns its path.</summary>
    public string Program(string name, string script)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, (Prologue + script).ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Puts a picture here under the name that scripts call it by.</summary>
    public void Picture(string name, byte[] jpeg) => File.WriteAllBytes(Path.Combine(Root, name), jpeg);

    /// <summary>A camera that delivers the given pictures once and then waits.</summary>
    public void Camera(params byte[][] pictures)
    {
        for (var i = 0; i < pictures.Length; i++)
            Picture($"{i}.jpg", pictures[i]);
        Program("rpicam-vid", string.Concat(pictures.Select((_, i) => $"cat \"$here/{i}.jpg\"\n")) + Forever);
    }

    /// <summary>A camera that delivers one picture again and again, some fifty a second.</summary>
    public void EndlessCamera(byte[]? picture = null)
    {
        Picture("picture.jpg", picture ?? Pictures.Skeleton(entropyBytes: 2000));
        Program("rpicam-vid", "while cat \"$here/picture.jpg\"; do sleep 0.02; done\n");
    }

    /// <summary>Starts <c>agent run</c> with camera 0 here, or with the cameras named in <paramref name="more"/>.</summary>
    public AgentProcess Run(int port, params string[] more) => Run(port, more, []);

    public AgentProcess Run(int port, string[] more, params (string Name, string Value)[] environment) =>
        AgentProcess.Start(SearchPath,
            ["run", "--to", $"127.0.0.1:{port}", "--state", State, "--node", "garden", .. more.Contains("--camera") ? more : ["--camera", "0", .. more]],
            executable: null, environment);

    /// <summary>Waits until a script has written this file whole, and returns its words.</summary>
    public async Task<string> FileAsync(string name)
    {
        using var watcher = new FileSystemWatcher(Root);
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, e) => Seen(e.Name);
        watcher.EnableRaisingEvents = true;
        if (File.Exists(Path.Combine(Root, name)))
            Seen(name);
        await there.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (await File.ReadAllTextAsync(Path.Combine(Root, name))).Trim();

        void Seen(string? file)
        {
            if (file == name)
                there.TrySetResult();
        }
    }

    /// <summary>Script text that puts words into a file at once, as <see cref="FileAsync"/> waits for it.</summary>
    public static string Write(string name, string words) => $"echo \"{words}\" > \"$here/{name}.part\"; mv \"$here/{name}.part\" \"$here/{name}\"\n";

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
