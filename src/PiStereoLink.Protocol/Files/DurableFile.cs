using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Files that are whole or absent after a power cut: temporary name, fsync, rename, fsync of the folder. Without the folder's fsync the
/// rename itself can be lost.
/// </summary>
public static class DurableFile
{
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, over the one that is there. Its folder must be there.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing is left of it, unless it was the folder that could not be synced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, overwrite: true, mode: null);

    /// <param name="path">The file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="overwrite">False: one that is there stays, and this throws.</param>
    /// <param name="mode">Who may read and write it, from its first byte on; null leaves that to the umask.</param>
    internal static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite, UnixFileMode? mode)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        // Of this process alone: another may write the same file.
        var part = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        try
        {
            using (var file = new FileStream(part, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        DurableFolder.Sync(folder);
    }
}
