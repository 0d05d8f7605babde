using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Receiver.Store;

/// <summary>
/// Has the kernel begin to write a file's bytes, so that the disk works while the next file is filled, and finds the blocks of all files of a
/// batch in one commit of the file system's journal. Nothing is safe by it: the sync comes after it (sync_file_range(2)).
/// </summary>
internal static partial class Writeback
{
    private const uint Write = 2;       // SYNC_FILE_RANGE_WRITE

    /// <summary>Begins. What cannot do it, or not on this system, does it at the sync.</summary>
    public static void Start(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
            _ = SyncFileRange(file, offset: 0, bytes: 0, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long bytes, uint flags);
}
