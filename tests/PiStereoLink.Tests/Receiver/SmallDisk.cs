namespace PiStereoLink.Tests.Receiver;

/// <summary>A file system in memory that is soon full; needs root, and skips the test without.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can mount a small disk");
        var mounted = await Tool.RunInstalledAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        Assert.SkipUnless(mounted.ExitCode == 0, $"a small disk cannot be mounted here: {mounted.Errors.Trim()}");
        return new SmallDisk(folder);
    }

    /// <summary>Takes what room is left.</summary>
    public void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        try
        {
            for (var at = 0L; ; at += 4096)
                RandomAccess.Write(file, new byte[4096], at);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public async ValueTask DisposeAsync() => await Tool.RunInstalledAsync("umount", Folder);
}
