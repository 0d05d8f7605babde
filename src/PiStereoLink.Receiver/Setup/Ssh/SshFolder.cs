using System.Text;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>The folder ~/.ssh of whoever runs this.</summary>
internal static class SshFolder
{
    private static string Home { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static string Path { get; } = System.IO.Path.Combine(Home, ".ssh");

    public static string Config => System.IO.Path.Combine(Path, "config");

    /// <summary>The key that ssh-setup makes unless it is told of another; its name keeps it apart from keys that are there.</summary>
    public static string DefaultKey => System.IO.Path.Combine(Path, "pistereolink");

    /// <summary>A path as ssh's settings have it, in which ~ is the home folder.</summary>
    public static string Expand(string path) => path.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(Home, path[2..]) : path;

    /// <summary>The other way round, so that the settings hold on a machine with another home.</summary>
    public static string Shorten(string path) => path.StartsWith(Home + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? "~/" + path[(Home.Length + 1)..].Replace('\\', '/') : path;

    /// <summary>The text of a file of this folder; empty where there is none.</summary>
    public static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>Writes a file of this folder, whole or not at all; a new one is its owner's alone. A link stays one.</summary>
    public static void Write(string file, string text)
    {
        Trust.PrivateFolder.Create(Path);
        if (File.Exists(file))
            file = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        var next = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File.Exists(file) ? File.GetUnixFileMode(file) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(next, options))
            stream.Write(Encoding.UTF8.GetBytes(text));
        File.Move(next, file, overwrite: true);
    }
}
