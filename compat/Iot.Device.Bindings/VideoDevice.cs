using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Iot.Device.Media;

/// <summary>
/// A V4L2 device. It is opened for the length of a question only, and asked without being taken: another program can be streaming from it.
/// Streaming itself is not here, because the API has no place for a frame's time (docs/decisions/usb-cameras.md).
/// </summary>
public sealed class VideoDevice : IDisposable
{
    private const int NoSuchEntry = 22;     // EINVAL: how an enumeration ends
    private const int NoSuchCall = 25;      // ENOTTY: a driver that does not list its sizes

    /// <summary>A driver whose enumeration does not end is broken; vivid has 57 formats.</summary>
    private const uint MostEntries = 1000;

    private bool disposed;

    private VideoDevice(VideoConnectionSettings settings) => Settings = settings;

    /// <summary>The path without its number.</summary>
    public string DevicePath { get; set; } = "/dev/video";

    public VideoConnectionSettings Settings { get; }

    public static VideoDevice Create(VideoConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings);
    }

    /// <summary>What pixels it delivers, its favourite first.</summary>
    /// <exception cref="IOException">The device cannot be opened or is no video device.</exception>
    public IEnumerable<VideoPixelFormat> GetSupportedPixelFormats()
    {
        using var device = Open();
        var formats = new List<VideoPixelFormat>();
        var format = new Kernel.v4l2_fmtdesc { type = Kernel.VideoCapture };
        while (format.index < MostEntries && Next(device, Kernel.EnumerateFormats, ref format))
        {
            formats.Add((VideoPixelFormat)format.pixelformat);
            format.index++;
        }
        return formats;
    }

    /// <summary>The sizes that it has in this format; none where its driver does not tell.</summary>
    /// <exception cref="IOException">The device cannot be opened or is no video device.</exception>
    public IEnumerable<Resolution> GetPixelFormatResolutions(VideoPixelFormat format)
    {
        using var device = Open();
        var resolutions = new List<Resolution>();
        var size = new Kernel.v4l2_frmsizeenum { pixel_format = (uint)format };
        while (size.index < MostEntries && Next(device, Kernel.EnumerateFrameSizes, ref size))
        {
            resolutions.Add(Read(size));
            size.index++;
        }
        return resolutions;
    }

    public void Dispose() => disposed = true;

    private static Resolution Read(Kernel.v4l2_frmsizeenum size) => (ResolutionType)size.type == ResolutionType.Discrete
        ? new() { Type = ResolutionType.Discrete, MinWidth = size.min_width, MaxWidth = size.min_width, MinHeight = size.max_width, MaxHeight = size.max_width }
        : new()
        {
            Type = (ResolutionType)size.type,
            MinWidth = size.min_width,
            MaxWidth = size.max_width,
            StepWidth = size.step_width,
            MinHeight = size.min_height,
            MaxHeight = size.max_height,
            StepHeight = size.step_height,
        };

    /// <summary>False at the end of an enumeration.</summary>
    private bool Next<T>(SafeFileHandle device, uint request, ref T entry)
        where T : unmanaged
    {
        var error = Kernel.Call(device, request, ref entry);
        if (error == NoSuchEntry || (error == NoSuchCall && request == Kernel.EnumerateFrameSizes))
            return false;
        return error == 0 ? true : throw Failure("does not answer", error);
    }

    private SafeFileHandle Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var device = Kernel.Open(Path);
        return device.IsInvalid ? throw Failure("cannot be opened", Marshal.GetLastPInvokeError()) : device;
    }

    private string Path => $"{DevicePath}{Settings.BusId}";

    private IOException Failure(string what, int error) => new($"{Path} {what}: {Marshal.GetPInvokeErrorMessage(error)} (error {error}).");
}
