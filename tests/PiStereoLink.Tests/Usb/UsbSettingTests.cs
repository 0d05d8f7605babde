using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Usb;

/// <summary>What a USB camera cannot do is refused by name.</summary>
public class UsbSettingTests
{
    private static readonly string[] Honoured = ["--width", "--height", "--framerate"];

    /// <summary>Values of every kind of setting.</summary>
    private static readonly string[] Values =
        ["true", "7", "100", "0.5", "90", "1,1", "0.1,0.1,0.5,0.5", "128:128", "640:480", "full", "spot", "sport", "daylight", "off", "manual", "macro", "fast", "negative", "png", "/dev/null"];

    public static TheoryData<string> Others() => [.. All().Select(setting => setting.Option).Except([.. Honoured, "--frozen"]).Distinct()];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_setting_but_size_and_rate_is_refused_by_its_name(string option)
    {
        var setting = All().First(setting => setting.Option == option);
        var given = Values.Select(value => Read(setting, value)).First(changed => changed is not null && changed != PictureSettings.Still)!;
        var refused = Assert.Throws<CameraException>(() => UsbSettings.Check("/dev/video0", given, PictureSettings.Still));
        var name = option == "--iso" ? "--gain" : option;
        Assert.StartsWith($"The USB camera /dev/video0 has no {name}: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_and_rate_and_what_changes_nothing_are_taken()
    {
        UsbSettings.Check("/dev/video0", PictureSettings.Video with { Width = 1280, Height = 480, Framerate = 15, Rotation = 0, Preview = "off" }, PictureSettings.Video);
        UsbSettings.Check("/dev/video0", PictureSettings.Still with { Encoding = "jpg" }, PictureSettings.Still);
    }

    [Fact]
    public void A_control_of_the_cameras_own_comes_with_the_way_to_set_it() => Assert.Equal(
        "The USB camera /dev/video3 has no --brightness: the camera's own controls are for that. `v4l2-ctl -d /dev/video3 --list-ctrls` shows them, and what --set-ctrl sets stays until the camera is unplugged.",
        Assert.Throws<CameraException>(() => UsbSettings.Check("/dev/video3", PictureSettings.Video with { Brightness = 0.2 }, PictureSettings.Video)).Message);

    private static IEnumerable<PictureSetting> All() => PictureSettingTable.Video.Concat(PictureSettingTable.Still);

    private static PictureSettings? Read(PictureSetting setting, string text)
    {
        try
        {
            return setting.Read(text)(PictureSettings.Still);
        }
        catch (Exception e) when (e is FormatException || e.GetType().Name == "SettingException")
        {
            return null;
        }
    }
}
