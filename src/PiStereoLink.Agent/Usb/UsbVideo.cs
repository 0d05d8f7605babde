using System.Globalization;
using System.Runtime.InteropServices;
using Iot.Device.Media;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Agent;

/// <summary>
/// A USB camera, opened. What it can deliver comes through Iot.Device.Media; the streaming is V4L2 itself, because VideoDevice tells no
/// time of capture, sets no rate, and waits for ever when a camera stops (docs/decisions/usb-cameras.md). For one thread.
/// </summary>
internal sealed partial class UsbVideo : IDisposable
{
    /// <summary>Both are one thing: some drivers call what comes from a camera JPEG.</summary>
    private static readonly VideoPixelFormat[] Taken = [VideoPixelFormat.MJPEG, VideoPixelFormat.JPEG];

    private readonly UsbPath path;
    private readonly SafeFileHandle file;

    private unsafe UsbVideo(UsbPath path, SafeFileHandle file, V4l2.v4l2_capability told) =>
        (this.path, this.file, Driver, Model) = (path, file, V4l2.Text(told.driver), ModelOf(told));

    /// <summary>The kernel's driver, such as <c>uvcvideo</c>.</summary>
    public string Driver { get; }

    /// <summary>What it calls itself: printable ASCII, at most 31 characters.</summary>
    public string Model { get; }

    /// <summary>Opens it; that alone takes it from nobody.</summary>
    /// <exception cref="CameraException">It is not there, is no camera, or may not be opened.</exception>
    public static UsbVideo Open(string camera)
    {
        var path = UsbPath.Find(camera);
        var file = V4l2.Open(path.Device);
        if (file.IsInvalid)
            throw UsbFault.Of(path, "cannot be opened", Marshal.GetLastPInvokeError());
        var told = default(V4l2.v4l2_capability);
        var error = V4l2.Call(file, V4l2.QueryCapabilities, ref told);
        if (error == 0 && IsCamera(told))
            return new(path, file, told);
        file.Dispose();
        throw error == 0 ? UsbFault.OtherPart(path, ModelOf(told)) : UsbFault.Of(path, "does not answer", error);
    }

    /// <summary>What it can deliver, its favourite first.</summary>
    /// <exception cref="CameraException">It does not tell.</exception>
    public IReadOnlyList<UsbMode> Modes() => Ask(device => device.GetSupportedPixelFormats().SelectMany(format =>
        device.GetPixelFormatResolutions(format).Select(size => new UsbMode(NameOf(format), (int)size.MaxWidth, (int)size.MaxHeight, Framerates(format, size)))).ToList());

    /// <summary>Four characters.</summary>
    private static string NameOf(VideoPixelFormat format) =>
        string.Create(4, (uint)format, (text, code) =>
        {
            for (var i = 0; i < text.Length; i++, code >>= 8)
                text[i] = (char)(code & 0x7F);          // the highest bit of all says big-endian
        }).TrimEnd();

    private static bool IsCamera(in V4l2.v4l2_capability told)
    {
        var can = (told.capabilities & V4l2.HasDeviceCaps) != 0 ? told.device_caps : told.capabilities;
        return (can & V4l2.VideoCapture) != 0 && (can & V4l2.CanStream) != 0;
    }

    /// <summary>Many are called twice, "USB Camera: USB Camera", the second time as far as there is room.</summary>
    private static unsafe string ModelOf(V4l2.v4l2_capability told)
    {
        var name = string.Concat(V4l2.Text(told.card).Select(c => c is >= ' ' and <= '~' ? c : '?')).Trim();
        return name.Split(": ") is [var first, var again] && first.StartsWith(again, StringComparison.Ordinal) ? first : name;
    }

    private T Ask<T>(Func<VideoDevice, T> question)
    {
        using var device = VideoDevice.Create(new VideoConnectionSettings(path.Number, (0, 0), VideoPixelFormat.MJPEG));
        device.DevicePath = path.Prefix;
        try
        {
            return question(device);
        }
        catch (IOException e)
        {
            throw new CameraException($"{path} does not tell what it can deliver: {e.Message}", e);
        }
    }

    /// <summary>The highest first. A driver with a range of them tells its shortest interval.</summary>
    private List<double> Framerates(VideoPixelFormat format, Resolution size)
    {
        var rates = new List<double>();
        var interval = new V4l2.v4l2_frmivalenum { pixel_format = (uint)format, width = size.MaxWidth, height = size.MaxHeight };
        while (interval.index < 100 && V4l2.Call(file, V4l2.EnumerateFrameIntervals, ref interval) == 0 && interval.discrete.numerator > 0)
        {
            rates.Add(Math.Round((double)interval.discrete.denominator / interval.discrete.numerator, 3));
            if (interval.type != V4l2.Discrete)
                break;
            interval.index++;
        }
        return [.. rates.OrderDescending()];
    }
}
