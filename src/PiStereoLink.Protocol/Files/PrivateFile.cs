using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>A file with a secret: its owner's alone (0600) from its first byte on, whole or not there, and on disk when it is written.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it. The folder must be there.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, string text) => DurableFile.Write(path, Encoding.UTF8.GetBytes(text), overwrite: false, OwnerAlone);

    /// <summary>Writes it in the place of the one that is there, if any.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, string text) => DurableFile.Write(path, Encoding.UTF8.GetBytes(text), overwrite: true, OwnerAlone);
}
