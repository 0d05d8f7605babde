namespace PiStereoLink.Agent;

/// <summary>
/// Where the shots of a timelapse lie: how many are kept, and how much room must stay free. Only files of this timelapse's name are
/// ever deleted, oldest first.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="keep">How many; null keeps all.</param>
/// <param name="minFreeBytes">Room that must stay free on the file system.</param>
/// <param name="freeBytes">Asks for the free room of a folder; a test brings its own.</param>
public sealed class ShotFolder(string folder, int? keep, long minFreeBytes, Func<string, long>? freeBytes = null)
{
    private readonly Queue<string> kept = new();       // oldest first
    private readonly Func<string, long> freeBytes = freeBytes ?? (static path => new DriveInfo(path).AvailableFreeSpace);

    /// <summary>Deleted because newer ones came.</summary>
    public long Deleted { get; private set; }

    /// <summary>False while there is less room than must stay free: a shot would be lost anyway, so none is taken.</summary>
    public bool HasRoom() => freeBytes(folder) >= minFreeBytes;

    /// <summary>Makes a shot count as one of this timelapse and deletes what is too many.</summary>
    public void Add(string path)
    {
        kept.Enqueue(path);
        while (keep is { } most && kept.Count > most)
        {
            Delete(kept.Dequeue());
            Deleted++;
        }
    }

    /// <summary>With what lies beside it: the sensor's data of a still, the times of a recording's pictures.</summary>
    private static void Delete(string path)
    {
        foreach (var file in (string[])[path, Path.ChangeExtension(path, ".dng"), Path.ChangeExtension(path, ".pts")])
            File.Delete(file);
    }

    /// <summary>Takes over the shots of an earlier run, told by their paths in the order in which they were taken.</summary>
    public void AddEarlier(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            kept.Enqueue(path);
    }
}
