namespace PiStereoLink.Protocol;

/// <summary>A file with a secret: its owner's alone (0600) from its first byte on, whole or not there, and never written over.</summary>
public static class PrivateFile
{
    /// <summary>Writes it. The folder must be there.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var part = $"{path}.{Environment.ProcessId}.part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(part, options))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: false);
    }
}
