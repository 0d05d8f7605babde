using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// An ext4 file system in an image file. The image holds what ext4 has given to its disk, and nothing of what still waits in memory:
/// a copy of it is what a power cut would leave. A disk that loses its own cache is not emulated.
/// </summary>
internal sealed partial class LoopDisk : IDisposable
{
    private readonly string image;
    private string device;

    public LoopDisk(string folder, string name, int megabytes)
    {
        // In memory, where there is such a place: a sync then costs nothing, and a copy little.
        image = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : folder, $"pistereolink-{name}-{Guid.NewGuid():n}.img");
        Mounted = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        using (var file = File.Create(image))
            file.SetLength((long)megabytes << 20);
        Shell.Run("mkfs.ext4", "-q", "-F", "-i", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
        device = Attach();
        Mount();
    }

    /// <summary>Why there can be none here, or null.</summary>
    public static string? WhyNot { get; } = Shell.WhyNot("mkfs.ext4", "losetup", "mount", "umount", "cp") ?? Try();

    /// <summary>Where it is mounted.</summary>
    public string Mounted { get; }

    public void Mount() => Shell.Run("mount", device, Mounted);

    /// <summary>Takes it away, also under a program that has a file open there.</summary>
    public void Unmount() => Shell.Run("umount", "--lazy", Mounted);

    public void Remount(string option) => WhenIdle("mount", "-o", $"remount,{option}", device, Mounted);

    /// <summary>From now on every call ends with an I/O error, as when a card has died; what was not synced is gone. <see cref="Renew"/> ends it.</summary>
    public void Fail()
    {
        const nuint shutdown = 0x8004587D;      // EXT4_IOC_SHUTDOWN: _IOR('X', 125, __u32)
        var withoutLog = 2;
        using var folder = Open(Mounted, flags: 0);
        if (folder.IsInvalid || IoCtl(folder, shutdown, ref withoutLog) != 0)
            throw new InvalidOperationException($"ext4 does not let itself be shut down: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>The same disk, mounted anew. As another device: whoever copied the mounts meanwhile, for a root of its own, holds on to the old one's failed file system.</summary>
    public void Renew()
    {
        WhenIdle("umount", Mounted);
        Shell.Run("losetup", "--detach", device);
        device = Attach();
        Mount();
    }

    /// <summary>What the disk would hold if the power went now: looks into a copy, mounted as after a start.</summary>
    /// <remarks>Nothing may be written between the beginning and the end of the copy, as the device counts; else it is taken again.</remarks>
    public void AfterPowerCut(Action<string> look)
    {
        var copy = image + ".copy";
        var there = Directory.CreateDirectory(Mounted + "-after").FullName;
        for (string before = "", after = "-"; before != after; after = Writes())
        {
            before = Writes();
            Shell.Run("cp", "--sparse=always", image, copy);
        }
        Shell.Run("mount", "-o", "loop", copy, there);
        try
        {
            look(there);
        }
        finally
        {
            Shell.Run("umount", there);
            File.Delete(copy);
        }
    }

    public void Dispose()
    {
        try
        {
            Unmount();
        }
        catch (InvalidOperationException)
        {
            // It was unmounted already.
        }
        Shell.Run("losetup", "--detach", device);
        File.Delete(image);
    }

    private string Attach() => Shell.Run("losetup", "--find", "--show", image);

    /// <summary>Writes done, and requests under way.</summary>
    private string Writes()
    {
        var fields = File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Create(CultureInfo.InvariantCulture, $"{fields[4]} {fields[8]}{(fields[8] == "0" ? "" : $" {Guid.NewGuid()}")}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoCtl(SafeFileHandle file, nuint request, ref int argument);

    /// <summary>The kernel refuses while a file is open there; a program that writes frames has one open now and then.</summary>
    private static void WhenIdle(string name, params string[] arguments)
    {
        for (var tries = 0; ; tries++)
            try
            {
                Shell.Run(name, arguments);
                return;
            }
            catch (InvalidOperationException e) when (tries < 1000 && e.Message.Contains("busy", StringComparison.Ordinal))
            {
                Thread.Sleep(5);
            }
    }

    private static string? Try()
    {
        var folder = Directory.CreateTempSubdirectory("pistereolink-loop-");
        try
        {
            using var disk = new LoopDisk(folder.FullName, "try", megabytes: 8);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"no file system can be mounted from a file here ({e.Message})";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
