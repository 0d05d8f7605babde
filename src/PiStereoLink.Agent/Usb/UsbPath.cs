using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>Where a USB camera is now. A name under /dev/v4l/by-path stays with the socket, and one under by-id with the camera; the number that it leads to can change each time the camera is plugged in.</summary>
/// <param name="Given">What the user wrote.</param>
/// <param name="Prefix">The device without its number, <c>/dev/video</c>.</param>
/// <param name="Number">Its number.</param>
public readonly record struct UsbPath(string Given, string Prefix, int Number)
{
    /// <summary>The names that stay with a socket.</summary>
    private const string ByPath = "/dev/v4l/by-path";

    /// <summary>The device itself, such as <c>/dev/video0</c>.</summary>
    public string Device => $"{Prefix}{Number}";

    /// <summary>What was written, and where it led if that is something else; for sentences.</summary>
    public override string ToString() => Given == Device ? Given : $"{Given} ({Device})";

    /// <summary>Follows links as they are now.</summary>
    /// <exception cref="CameraException">Nothing is there, or nothing that can be a video device.</exception>
    public static UsbPath Find(string given)
    {
        var device = Path.Exists(given) ? File.ResolveLinkTarget(given, returnFinalTarget: true)?.FullName ?? given : given;
        if (!Path.Exists(device))
            throw UsbFault.Missing(given);
        var digits = device.Length - device.AsSpan().TrimEnd("0123456789").Length;
        return int.TryParse(device[^digits..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(given, device[..^digits], number)
            : throw new CameraException($"--camera {given} is no video device: those are called /dev/video0, /dev/video1 ... `agent cameras` lists them.");
    }

    /// <summary>The name that stays with the socket where this device is plugged in now; null where the system gives none.</summary>
    public static string? Lasting(string device) => !Directory.Exists(ByPath) ? null :
        Directory.EnumerateFileSystemEntries(ByPath).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => File.ResolveLinkTarget(name, returnFinalTarget: true)?.FullName == device);
}
