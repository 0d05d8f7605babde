using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>A folder that its owner alone looks into (0700).</summary>
internal static class PrivateFolder
{
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        DurableFolder.Create(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFolder.Sync(above);
    }
}
