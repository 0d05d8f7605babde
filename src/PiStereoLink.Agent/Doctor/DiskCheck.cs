using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Whether the state folder can be written and keeps what it is given.</summary>
public static class DiskCheck
{
    private const long LeastMegabytes = 100, LittleMegabytes = 500, LittleInodes = 1000;

    /// <param name="machine">This one.</param>
    /// <param name="folder">The state folder, or where it will be.</param>
    /// <param name="free">Bytes free there.</param>
    public static async Task<Finding> LookAsync(Machine machine, string folder, Func<string, long> free)
    {
        var there = folder;
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there)!;
        var (type, options) = MountOf(machine, there);
        var megabytes = free(there) / 1_000_000;
        var found = $"{folder} on {type}, {megabytes} MB free";
        if (options.Contains("ro"))
            return Finding.Fail($"{found}, mounted read-only.", "A card that fails is often made read-only: `dmesg` says so. Else `sudo mount -o remount,rw` that file system.");
        if (!machine.CanUse(there))
            return Finding.Fail($"{found}: this user may not write there.", "Give a folder that can be written with --state DIR.");
        if (megabytes < LeastMegabytes)
            return Finding.Fail(found, "Make room: `sudo apt clean`, `sudo journalctl --vacuum-size=50M`, old pictures.");
        if (await machine.AskAsync("stat", "-f", "-c", "%d %c", there) is { } inodes && HasFew(inodes))
            return Finding.Warning($"{found}, but room for only {inodes.Split(' ')[0]} more files.", "Delete old small files: the file system counts files too.");
        if (type is "tmpfs" or "overlay" or "ramfs")
            return Finding.Warning($"{found}: it may be gone after the next boot.", "The agent then is another installation to the receiver. For a lasting place give --state DIR on the card.");
        return megabytes < LittleMegabytes ? Finding.Warning(found, "Make room soon.") : Finding.Ok(found);
    }

    /// <summary>Free and all; a file system without a count of its own says 0 of 0.</summary>
    private static bool HasFew(string inodes) =>
        inodes.Split(' ') is [var left, var all] && long.TryParse(left, CultureInfo.InvariantCulture, out var number) && number < LittleInodes && all != "0";

    /// <summary>The mount that this folder is on: the longest that begins its path, and of those the last, which lies on top.</summary>
    private static (string Type, string[] Options) MountOf(Machine machine, string folder)
    {
        var mount = machine.Lines("proc/mounts").Select(line => line.Split(' ')).Where(mount => mount.Length > 3 && IsBelow(folder, mount[1]))
            .OrderBy(mount => mount[1].Length).LastOrDefault();
        return mount is null ? ("a file system not known", []) : (mount[2], mount[3].Split(','));
    }

    private static bool IsBelow(string folder, string mount) => mount == "/" || folder == mount || folder.StartsWith(mount + "/", StringComparison.Ordinal);
}
