using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// A hidden folder beside the file that a picture will become, so that it can be given its name at one stroke: under that name a picture
/// is whole. It goes with all that was not delivered.
/// </summary>
public sealed class StillFolder : IDisposable
{
    private readonly string target;

    private StillFolder(string target) => this.target = target;

    public string Path { get; private init; } = "";

    /// <exception cref="CameraException">Nothing can be written there.</exception>
    public static StillFolder Beside(string file)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!;
        if (!Directory.Exists(folder))
            throw new CameraException($"There is no folder {folder} for the picture: make it first.");
        if (Directory.Exists(file))
            throw new CameraException($"{file} is a folder, not a file.");
        return Guarded(file, () => new StillFolder(folder) { Path = Directory.CreateDirectory(System.IO.Path.Combine(folder, $".pistereolink-{Guid.NewGuid():n}")).FullName });
    }

    /// <summary>Gives a file its final name, durably: fsync, rename, fsync of the folder.</summary>
    /// <exception cref="CameraException">It cannot be written.</exception>
    public void Deliver(string made, string file) => Guarded(file, () =>
    {
        using (var handle = File.OpenHandle(made, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        File.Move(made, file, overwrite: true);
        DurableFolder.Sync(target);
        return made;
    });

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static T Guarded<T>(string file, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CameraException($"{file} cannot be written: {e.Message}", e);
        }
    }
}
