using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Receiver.Sources;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Sources;

/// <summary>What can stand in the place of a rig's two cameras.</summary>
public class SourceSpecTests
{
    [Theory]
    [InlineData("elp:/dev/video0,/dev/video2", SourceKind.Elp, "/dev/video0|/dev/video2", null)]
    [InlineData("elp:/dev/video0,/dev/video2,desk.npz", SourceKind.Elp, "/dev/video0|/dev/video2", "desk.npz")]
    [InlineData("elp:/dev/v4l/by-path/pci-0000:00:14.0-usbv2-0:2:1.0-video-index0,1", SourceKind.Elp, "/dev/v4l/by-path/pci-0000:00:14.0-usbv2-0:2:1.0-video-index0|1", null)]
    [InlineData("sbs:/dev/video4+swap,a,b.npz", SourceKind.SideBySide, "/dev/video4", "a,b.npz")]
    [InlineData("ps4:/dev/video1+layout=blog,ps4.npz", SourceKind.Ps4, "/dev/video1", "ps4.npz")]
    [InlineData("replay:/tmp/a+b/c", SourceKind.Replay, "/tmp/a+b/c", null)]
    [InlineData("replay:l,replay:r+fps=5,x.npz", SourceKind.Replay, "l|r", "x.npz")]
    [InlineData("sim:", SourceKind.Simulated, "", null)]
    [InlineData("sim:+fps=5,rig.npz", SourceKind.Simulated, "", "rig.npz")]
    public void A_rig_takes_a_source_and_a_calibration(string text, SourceKind kind, string addresses, string? calibration)
    {
        var rig = RigSpec.Parse("desk=" + text);
        Assert.Equal((kind, calibration), (rig.Source!.Kind, rig.CalibrationFile));
        Assert.Equal(addresses, string.Join('|', rig.Source.Addresses));
        Assert.Equal((new CameraName("desk", "left"), new CameraName("desk", "right")), (rig.Left, rig.Right));
    }

    [Fact]
    public void A_stream_from_the_network_can_be_cut_in_two() =>
        Assert.Equal(new CameraName("stereopi", "0"), RigSpec.Parse("desk=sbs:pi:stereopi/0").Source!.Stream);

    [Fact]
    public void Two_cameras_on_the_network_are_as_before() => Assert.Null(RigSpec.Parse("garden=pi:a/0,b/0,garden.npz").Source);

    [Fact]
    public void Options_stand_behind_the_address()
    {
        var options = SourceSpec.Parse("elp:0,1+size=1280x960+fps=15+crop=960x720+exposure=200+swap", out _).Options;
        Assert.Equal(new SourceOptions { Size = (1280, 960), Fps = 15, Crop = (960, 720), Exposure = 200, Swap = true }, options);
        Assert.Same(StereoLayout.Ps4Sensor, options.Ps4Layout);
        Assert.Same(StereoLayout.Ps4, SourceSpec.Parse("ps4:0+layout=blog", out _).Options.Ps4Layout);
    }

    [Theory]
    [InlineData("desk=elp:/dev/video0", "two devices are needed")]
    [InlineData("desk=elp:/dev/video0,/dev/video0", "left and right are the same")]
    [InlineData("desk=elp:/dev/video0,", "an address is empty")]
    [InlineData("desk=sbs:", "an address is empty")]
    [InlineData("desk=sim:left", "sim: takes no address")]
    [InlineData("desk=sbs:pi:Stereo Pi", "'Stereo Pi' is not NODE/CAMERA")]
    [InlineData("desk=ps4:0+layout=mine", "+layout=mine: +size=WxH")]
    [InlineData("desk=elp:0,1+size=big", "+size=big: a size such as 1280x720 is allowed")]
    [InlineData("desk=elp:0,1+fps=0", "+fps=0: 1 to 1000 is allowed")]
    [InlineData("desk=elp:0,1+exposure=dark", "+exposure=dark: auto or a whole number above 0 is allowed")]
    [InlineData("Desk=sim:", "the name 'Desk' is not")]
    public void What_is_none_is_refused_with_a_sentence(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => RigSpec.Parse(text)).Message, StringComparison.Ordinal);
}
