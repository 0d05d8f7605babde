using System.Text;

namespace PiStereoLink.Agent;

/// <summary>
/// Small files that are whole or absent after a power cut: temporary name, fsync, rename, fsync of the directory.
/// Without the directory's fsync the rename itself can be lost.
/// </summary>
internal static class DurableFile
{
    public static void Write(string path, string text)
    {
        var temporary = path + ".part";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
        Native.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a directory and every missing parent, each entered durably in the one above.</summary>
    public static void MakeDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
            MakeDirectory(parent);
        Directory.CreateDirectory(path);
        if (parent is not null)
            Native.SyncDirectory(parent);
    }
}
