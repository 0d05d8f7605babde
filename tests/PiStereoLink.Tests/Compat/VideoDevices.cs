using Iot.Device.Media;

namespace PiStereoLink.Tests.Compat;

/// <summary>What VideoDevice says of a device that is none. A real one is Usb/RealCameraTests' affair.</summary>
public class VideoDevices
{
    private static readonly bool IsOurs = typeof(VideoDevice).Assembly.GetType("Iot.Device.Media.Kernel") is not null;

    [Fact]
    public void A_device_that_is_not_there_is_an_error()
    {
        using var device = Device("/dev/no-video", 7);
        Assert.Contains("/dev/no-video7", Assert.ThrowsAny<IOException>(() => device.GetSupportedPixelFormats().ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_device_is_an_error_too()
    {
        Assert.SkipUnless(IsOurs, "Runs over compat/Iot.Device.Bindings only. The package takes any answer for the end of the list.");
        var folder = Directory.CreateTempSubdirectory("psl-video-");
        try
        {
            var prefix = Path.Combine(folder.FullName, "video");
            File.WriteAllText($"{prefix}0", "no camera");
            using var device = Device(prefix, 0);
            Assert.Contains($"{prefix}0 does not answer", Assert.Throws<IOException>(() => device.GetSupportedPixelFormats()).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Use_after_dispose_is_an_error()
    {
        Assert.SkipUnless(IsOurs, "Runs over compat/Iot.Device.Bindings only.");
        var device = Device("/dev/video", 0);
        device.Dispose();
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => device.GetSupportedPixelFormats());
        Assert.Throws<ObjectDisposedException>(() => device.GetPixelFormatResolutions(VideoPixelFormat.MJPEG));
    }

    private static VideoDevice Device(string prefix, int number)
    {
        var device = VideoDevice.Create(new VideoConnectionSettings(number, (640, 480), VideoPixelFormat.MJPEG));
        device.DevicePath = prefix;
        Assert.Equal((number, (640u, 480u)), (device.Settings.BusId, device.Settings.CaptureSize));
        return device;
    }
}
