using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Usb;

/// <summary>The kernel's errors in plain words.</summary>
public class UsbFaultTests
{
    private const string Name = "/dev/v4l/by-path/platform-xhci-usb-0:1:1.0-video-index0";

    private static readonly UsbPath Camera = new(Name, "/dev/video", 2);

    [Theory]
    [InlineData(2, CameraTrouble.NoCamera, $"--camera {Name} is not there. Is the camera plugged in?")]
    [InlineData(16, CameraTrouble.Busy, $"Another program is using {Name} (/dev/video2). Stop it: `sudo fuser -v /dev/video2` shows which one.")]
    [InlineData(19, CameraTrouble.NoCamera, $"{Name} (/dev/video2) is gone: was the camera unplugged?")]
    [InlineData(25, CameraTrouble.NoCamera, $"{Name} (/dev/video2) is no video device.")]
    [InlineData(110, CameraTrouble.Other, $"{Name} (/dev/video2) does not start: Connection timed out (error 110).")]
    public void An_error_says_what_is_the_matter_and_what_to_do(int error, CameraTrouble trouble, string sentence)
    {
        var fault = UsbFault.Of(Camera, "does not start", error);
        Assert.Equal(trouble, fault.Trouble);
        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_open_it_is_told_the_group_to_join() => Assert.Equal(
        $"{Name} (/dev/video2) cannot be opened by {Environment.UserName}: `sudo usermod -aG video {Environment.UserName}`, then log in again.",
        UsbFault.Of(Camera, "cannot be opened", 13).Message);

    [Fact]
    public void A_full_bus_comes_with_its_arithmetic()
    {
        var fault = UsbFault.NoBandwidth(Camera, new UsbMode("MJPG", 2560, 720, [30]));
        Assert.Equal(CameraTrouble.Bandwidth, fault.Trouble);
        Assert.Contains("at 2560x720: a USB 2 bus has 48 MB/s for cameras (80 % of 480 Mbit/s), and each camera reserves up to 24.6 MB/s (3072 bytes, 8000 times a second)", fault.Message, StringComparison.Ordinal);
        Assert.Equal((48, 24.576), (480 * 0.8 / 8, 3072 * 8000 / 1e6));
    }

    [Fact]
    public void A_long_list_of_formats_is_cut()
    {
        var formats = Enumerable.Range(0, 57).Select(number => $"F{number:000}").ToList();
        Assert.StartsWith("/dev/video0 gives F000, F001, F002, F003, F004, F005, F006, F007 and 49 more, and no MJPG: ", UsbFault.NotMjpg(new("/dev/video0", "/dev/video", 0), formats).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_is_not_there_comes_with_those_that_are() => Assert.Equal(
        "/dev/video0 gives no 640x480 in MJPG: give --width and --height for 2560x720, 1280x480.",
        UsbFault.NoSuchSize(new("/dev/video0", "/dev/video", 0), 640, 480, ["2560x720", "1280x480"]).Message);
}
