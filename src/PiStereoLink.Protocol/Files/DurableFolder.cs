using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Protocol;

/// <summary>Folders whose entries survive a power cut: after a file is renamed into a folder, the folder itself must be synced.</summary>
public static partial class DurableFolder
{
    /// <summary>Makes the folder and whatever is missing above it, each entry synced.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        Create(parent);
        Directory.CreateDirectory(folder);
        Sync(parent);
    }

    /// <summary>
    /// Makes <paramref name="relative"/> under <paramref name="root"/> and syncs every folder on the way, also those that stand already:
    /// a program that was killed may have made them and not come to sync them.
    /// </summary>
    public static void CreateUnder(string root, string relative)
    {
        Create(root);
        var folder = root;
        foreach (var name in relative.Split(Path.DirectorySeparatorChar))
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            Sync(folder);
            folder = Path.Combine(folder, name);
        }
    }

    /// <summary>Waits until the folder's entries are on the disk. Windows keeps them with the file and has no such call.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        const int readOnly = 0;
        using var opened = Open(folder, readOnly);
        if (opened.IsInvalid)
            throw Failed("open");
        if (FSync(opened) != 0)
            throw Failed("fsync");

        IOException Failed(string call) => new($"{call} {folder}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle opened);
}
