namespace PiStereoLink.Agent;

/// <summary>
/// A name for the camera program's own stdout that ends in .h264. On a Pi 5 rpicam-vid goes by the name: for <c>-</c> it wants to be told a
/// container, and it writes metadata only beside a file of H.264.
/// </summary>
internal sealed class NamedStdout : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-");

    public NamedStdout() => File.CreateSymbolicLink(Path, "/proc/self/fd/1");

    public string Path => System.IO.Path.Combine(folder.FullName, "stdout.h264");

    public void Dispose() => folder.Delete(recursive: true);
}
