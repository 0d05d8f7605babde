using System.Text;
using PiStereoLink.Receiver.Setup.Deploy;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>What is said of the camera, from what the camera programs print.</summary>
public sealed class CameraCheckTests
{
    private const string Two = """
        Available cameras
        -----------------
        0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)
            Modes: 'SRGGB10_CSI2P' : 1536x864 [120.13 fps - (768, 432)/3072x1728 crop]
        1 : imx219 [3280x2464] (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10)
        """;

    [Fact]
    public void Listed_cameras_are_counted() => Assert.Equal((Verdict.Ok, "2 found by rpicam-still"), Of(Two, "rpicam-still"));

    [Theory]
    [InlineData("supported=1 detected=1, libcamera interfaces=0", Verdict.Ok)]
    [InlineData("supported=1 detected=0", Verdict.Fail)]
    [InlineData("", Verdict.Fail)]
    public void The_legacy_stack_says_it_through_vcgencmd(string answer, Verdict verdict) => Assert.Equal(verdict, Of(answer, "raspistill").Verdict);

    [Fact]
    public void No_camera_is_the_cable_where_the_firmware_looks_for_one() =>
        Assert.Contains("look at the cable", Of("No cameras available!", "rpicam-still", "config=/boot/firmware/config.txt\nconfig_text=" + Base64("camera_auto_detect=1\n")).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("#camera_auto_detect=1\n")]
    [InlineData("camera_auto_detect=0\n")]
    [InlineData("start_x=0\n")]
    public void No_camera_is_the_setting_where_it_is_off(string config)
    {
        var facts = "config=/boot/config.txt\nconfig_text=" + Base64(config);
        Assert.Contains("--enable-camera", Of("No cameras available!", "rpicam-still", facts).Found, StringComparison.Ordinal);
        Assert.True(CameraCheck.CanBeSwitchedOn(new(Facts.Parse("program=rpicam-still\n" + facts))));
    }

    [Fact]
    public void Whoever_has_the_camera_is_named()
    {
        var (verdict, found) = Of(Two, "rpicam-still", "holder=815 rpicam-vid");
        Assert.Equal(Verdict.Fail, verdict);
        Assert.Contains("process 815 (rpicam-vid) has it", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_agent_may_have_it() => Assert.Equal((Verdict.Ok, "2 found by rpicam-still, in use by our agent"), Of(Two, "rpicam-still", "ours=815 rpicam-vid"));

    [Fact]
    public void A_camera_at_USB_needs_no_camera_program() =>
        Assert.Equal(Verdict.Ok, CameraCheck.Of(new(Facts.Parse("")), new(Facts.Parse("")), ["/dev/video0"]).Verdict);

    private static (Verdict Verdict, string Found) Of(string cameras, string program, string more = "")
    {
        var check = CameraCheck.Of(new(Facts.Parse($"program={program}\ncameras={Base64(cameras)}\n{more}")), new(Facts.Parse("name=pi")), ["0"]);
        return (check.Verdict, check.Found);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
