using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// One camera's files. A file is there whole or not at all, also after a power cut: temporary name, fsync, rename, fsync of the
/// directory. Deleting is not synced: a file that comes back is sent again, and the receiver knows it.
/// </summary>
public sealed class SpoolFolder(string path)
{
    /// <summary>Frames that the receiver refused for good are kept to be looked at, the latest so many of them.</summary>
    private const int MostRefused = 100;

    private readonly string refused = System.IO.Path.Combine(path, "refused");

    public string Path => path;

    /// <summary>Bytes free on its file system.</summary>
    public long Free => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Makes the folder where it is missing, clears what a write that was cut off left, and lists the frames.</summary>
    public IReadOnlyList<(SpoolName Name, long Bytes)> Open()
    {
        DurableFolder.Create(path);
        ClearParts();
        var frames = new List<(SpoolName, long)>();
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*" + SpoolName.Extension))
            if (SpoolName.TryParse(file.Name, out var name))
                frames.Add((name, file.Length));
        frames.Sort();
        return frames;
    }

    /// <summary>Deletes what writes that were cut off left, when none is under way.</summary>
    public void ClearParts()
    {
        foreach (var part in Directory.GetFiles(path, ".*.part"))
            File.Delete(part);
    }

    /// <summary>Whether a frame's file is there.</summary>
    public bool Has(SpoolName name) => File.Exists(At(name));

    public long Size(SpoolName name) => new FileInfo(At(name)).Length;

    public void Write(SpoolName name, ReadOnlySpan<byte> bytes) => DurableFile.Write(At(name), bytes);

    public byte[] Read(SpoolName name) => File.ReadAllBytes(At(name));

    /// <summary>Deletes a frame; returns how many bytes that frees.</summary>
    public long Delete(SpoolName name)
    {
        var file = new FileInfo(At(name));
        var bytes = file.Exists ? file.Length : 0;
        file.Delete();
        return bytes;
    }

    /// <summary>Sets a frame of the spool aside; returns how many bytes that frees.</summary>
    public long Refuse(SpoolName name)
    {
        DurableFolder.Create(refused);
        var bytes = new FileInfo(At(name)).Length;
        File.Move(At(name), System.IO.Path.Combine(refused, name.ToString()), overwrite: true);
        DurableFolder.Sync(path);
        TrimRefused();
        return bytes;
    }

    /// <summary>Sets a frame aside that is not in the spool.</summary>
    public void Refuse(SpoolName name, ReadOnlySpan<byte> bytes)
    {
        DurableFolder.Create(refused);
        DurableFile.Write(System.IO.Path.Combine(refused, name.ToString()), bytes);
        TrimRefused();
    }

    private void TrimRefused()
    {
        var files = Directory.GetFiles(refused, "*" + SpoolName.Extension);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files.SkipLast(MostRefused))
            File.Delete(file);
    }

    private string At(SpoolName name) => System.IO.Path.Combine(path, name.ToString());
}
