using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Finds who holds the cameras, by the files that processes have open. Those of other users are seen by root alone.</summary>
public sealed class CameraHolders(string root = "/")
{
    private const string SimulatedDevices = "PISTEREOLINK_SIM_DEVICES";

    /// <summary>What these hold need not be a file: the legacy stack's camera is none, and another user's files are not to be seen.</summary>
    private static readonly string[] Programs =
        ["rpicam-", "libcamera-", "raspivid", "raspistill", "raspiyuv", "camera-streamer", "go2rtc", "mediamtx", "mjpg_streamer", "motion", "ustreamer"];

    private static readonly string[] Devices =
        [.. new[] { "/dev/video", "/dev/media" }, .. Environment.GetEnvironmentVariable(SimulatedDevices) is { Length: > 0 } folder ? new[] { $"{folder}/" } : []];

    private readonly string proc = Path.Combine(root, "proc");

    /// <summary>Those that have a camera open, else those that look like it. This process and its camera programs are left out.</summary>
    public IReadOnlyList<CameraHolder> Find()
    {
        var all = Processes().Select(Look).OfType<CameraHolder>().ToList();
        return all.Exists(holder => holder.Device is not null) ? all.FindAll(holder => holder.Device is not null) : all;
    }

    /// <summary>That the camera is taken, by whom as far as that can be seen, and what to do; null when nobody is seen.</summary>
    public string? Sentence()
    {
        var found = Find();
        return found.Count == 0 ? null
            : $"Another program is using the camera: {(found[0].Device is null ? "probably " : "")}{string.Join(" or ", found)}. Stop it with `{found[0].Remedy}`.";
    }

    private IEnumerable<int> Processes() => !Directory.Exists(proc) ? [] : Directory.EnumerateDirectories(proc)
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && id != Environment.ProcessId);

    private CameraHolder? Look(int process)
    {
        var folder = Path.Combine(proc, process.ToString(CultureInfo.InvariantCulture));
        try
        {
            var status = File.ReadAllLines(Path.Combine(folder, "status"));
            if (Entry(status, "PPid:") == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                return null;
            var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            if (command.Length == 0)
                return null;        // a thread of the kernel
            var device = OpenDevice(folder);
            var name = Path.GetFileName(command[0]);
            return device is null && !LooksLikeCamera(name, command) ? null : new(process, name, UserOf(status), ServiceOf(folder), device);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;            // it has just ended, or hides
        }
    }

    private static string? OpenDevice(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Select(fd => new FileInfo(fd).LinkTarget)
                .FirstOrDefault(target => target is not null && Array.Exists(Devices, device => target.StartsWith(device, StringComparison.Ordinal)));
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool LooksLikeCamera(string name, string[] command) =>
        Array.Exists(Programs, program => name.StartsWith(program, StringComparison.Ordinal))
        || name.StartsWith("python", StringComparison.Ordinal) && Array.Exists(command, word => word.Contains("picamera", StringComparison.Ordinal));

    private string? UserOf(string[] status)
    {
        var uid = Entry(status, "Uid:")?.Split('\t')[0];
        var passwd = Path.Combine(root, "etc", "passwd");
        return uid is null || !File.Exists(passwd) ? null
            : File.ReadLines(passwd).Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == uid)?[0];
    }

    /// <summary>A line of the file ends in <c>/system.slice/motion.service</c> for a service.</summary>
    private static string? ServiceOf(string folder) =>
        File.ReadLines(Path.Combine(folder, "cgroup")).Select(line => Path.GetFileName(line)).FirstOrDefault(unit => unit.EndsWith(".service", StringComparison.Ordinal)
            && !unit.StartsWith("user@", StringComparison.Ordinal));

    private static string? Entry(string[] status, string name) =>
        Array.Find(status, line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
}
