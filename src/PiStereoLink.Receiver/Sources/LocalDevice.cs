using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A size in which a device delivers pictures.</summary>
/// <param name="Format">V4L2's four characters, such as <c>MJPG</c>.</param>
/// <param name="Rates">Pictures a second, the highest first; none where the driver does not tell.</param>
public sealed record DeviceMode(string Format, int Width, int Height, IReadOnlyList<double> Rates);

/// <summary>A camera at this machine.</summary>
/// <param name="Device">Such as <c>/dev/video0</c>; its number can change when it is plugged in again.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Lasting">The names that stay with its socket (by-path) and with itself (by-id).</param>
public sealed unsafe record LocalDevice(string Device, string Name, IReadOnlyList<string> Lasting, IReadOnlyList<DeviceMode> Modes)
{
    /// <summary>A driver whose list does not end is broken; vivid has 57 formats.</summary>
    private const uint MostEntries = 200;

    private static readonly string[] LastingFolders = ["/dev/v4l/by-path", "/dev/v4l/by-id"];

    /// <summary>Those that deliver pictures, in the order of their numbers; the others, such as a webcam's second device, are left out.</summary>
    /// <param name="say">Hears, once, why a device may not be asked.</param>
    public static IReadOnlyList<LocalDevice> All(Action<string> say)
    {
        var devices = new List<LocalDevice>();
        var told = false;
        foreach (var path in Paths())
        {
            using var file = VideoQuestions.Open(path);
            if (!file.IsInvalid)
            {
                if (Read(path, file) is { } device)
                    devices.Add(device);
            }
            else if (!told)
            {
                say($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}. `sudo usermod -aG video {Environment.UserName}`, then log in again.");
                told = true;
            }
        }
        return devices;
    }

    private static LocalDevice? Read(string path, SafeFileHandle file)
    {
        var told = default(VideoQuestions.v4l2_capability);
        if (!VideoQuestions.Ask(file, VideoQuestions.QueryCapabilities, ref told))
            return null;
        var can = (told.capabilities & VideoQuestions.HasDeviceCaps) != 0 ? told.device_caps : told.capabilities;
        return (can & VideoQuestions.VideoCapture) == 0 ? null : new(path, VideoQuestions.Text(told.card), LastingNames(path), ModesOf(file));
    }

    private static List<DeviceMode> ModesOf(SafeFileHandle file)
    {
        var modes = new List<DeviceMode>();
        var format = new VideoQuestions.v4l2_fmtdesc { type = VideoQuestions.VideoCapture };
        for (; format.index < MostEntries && VideoQuestions.Ask(file, VideoQuestions.EnumerateFormats, ref format); format.index++)
        {
            var size = new VideoQuestions.v4l2_frmsizeenum { pixel_format = format.pixelformat };
            for (; size.index < MostEntries && VideoQuestions.Ask(file, VideoQuestions.EnumerateFrameSizes, ref size); size.index++)
            {
                var (width, height) = size.type == VideoQuestions.Discrete ? (size.min_width, size.max_width) : (size.max_width, size.max_height);
                modes.Add(new(FourCc.TextOf(format.pixelformat), (int)width, (int)height, Rates(file, format.pixelformat, width, height)));
            }
        }
        return modes;
    }

    private static List<double> Rates(SafeFileHandle file, uint format, uint width, uint height)
    {
        var rates = new List<double>();
        var interval = new VideoQuestions.v4l2_frmivalenum { pixel_format = format, width = width, height = height };
        for (; interval.index < MostEntries && VideoQuestions.Ask(file, VideoQuestions.EnumerateFrameIntervals, ref interval) && interval.numerator > 0; interval.index++)
        {
            rates.Add(Math.Round((double)interval.denominator / interval.numerator, 3));
            if (interval.type != VideoQuestions.Discrete)
                break;
        }
        return [.. rates.OrderDescending()];
    }

    private static IEnumerable<string> Paths() => !Directory.Exists("/dev") ? [] :
        Directory.EnumerateFileSystemEntries("/dev", "video*")
            .Where(path => path.AsSpan("/dev/video".Length) is { Length: > 0 and < 4 } number && !number.ContainsAnyExceptInRange('0', '9'))
            .OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal);

    private static List<string> LastingNames(string device) =>
        [.. LastingFolders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            .Where(name => File.ResolveLinkTarget(name, returnFinalTarget: true)?.FullName == device)];
}
