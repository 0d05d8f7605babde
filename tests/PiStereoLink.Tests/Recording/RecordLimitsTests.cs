using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Recording;

public class RecordLimitsTests
{
    private static readonly ListedCamera Imx219 = new(0, "imx219", "/base/imx219@10", 3280, 2464,
    [
        new("SRGGB10_CSI2P", 640, 480, 206.65), new("SRGGB10_CSI2P", 1640, 1232, 83.7), new("SRGGB10_CSI2P", 1920, 1080, 47.57), new("SRGGB10_CSI2P", 3280, 2464, 21.19),
    ]);

    private static PictureSettings Pictures(int width, int height, double framerate, string? mode = null) =>
        new() { Width = width, Height = height, Framerate = framerate, SensorMode = mode };

    [Theory]
    [InlineData(1920, 1080, 47, null, null)]
    [InlineData(1920, 1080, 48, null, null)]            // the list's rates are rounded, and so are people's
    [InlineData(1920, 1080, 120, null, "at most 47.57 pictures a second of 1920x1080, not 120.")]
    [InlineData(1280, 720, 120, null, "at most 83.7 pictures a second of 1280x720")]
    [InlineData(640, 480, 200, null, null)]
    [InlineData(3280, 2464, 30, null, "at most 21.19")]
    [InlineData(4096, 3072, 30, null, "at most 21.19")]
    [InlineData(640, 480, 60, "3280:2464:10:P", "at most 21.19 pictures a second in --sensor-mode 3280:2464:10:P")]
    public void More_pictures_a_second_than_the_sensor_has_are_refused_with_its_modes(int width, int height, double framerate, string? mode, string? sentence)
    {
        var problem = FramerateLimit.Problem(Imx219, Pictures(width, height, framerate, mode));
        if (sentence is null)
        {
            Assert.Null(problem);
            return;
        }
        Assert.Contains(sentence, problem, StringComparison.Ordinal);
        Assert.Contains("640x480 at 206.65, 1640x1232 at 83.7, 1920x1080 at 47.57, 3280x2464 at 21.19", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_without_rates_refuses_nothing() =>
        Assert.Null(FramerateLimit.Problem(Imx219 with { Modes = [new("SRGGB10_CSI2P", 640, 480, null)] }, Pictures(640, 480, 500)));

    [Theory]
    [InlineData("Raspberry Pi 4 Model B Rev 1.1", 1920, 1080, 30, 17_000_000, null)]
    [InlineData("Raspberry Pi 4 Model B Rev 1.1", 1920, 1080, 60, 17_000_000, null)]
    [InlineData("Raspberry Pi 4 Model B Rev 1.1", 1920, 1080, 90, 17_000_000, "at most 64 pictures a second of 1920x1080, not 90")]
    [InlineData("Raspberry Pi 4 Model B Rev 1.1", 2304, 1296, 30, 17_000_000, "at most 1920 pixels a side, not 2304x1296")]
    [InlineData("Raspberry Pi Zero 2 W Rev 1.0", 1920, 1080, 30, 30_000_000, "at most 25M bits a second of this, not 30M")]
    [InlineData("Raspberry Pi Compute Module 4 Rev 1.0", 2304, 1296, 30, 17_000_000, "at most 1920 pixels a side")]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", 2304, 1296, 56, 60_000_000, null)]
    [InlineData("Raspberry Pi Compute Module 5 Rev 1.0", 2304, 1296, 56, 60_000_000, null)]
    [InlineData("", 2304, 1296, 56, 60_000_000, null)]
    public void What_the_encoder_of_a_board_cannot_do_is_told(string board, int width, int height, double framerate, long bits, string? sentence)
    {
        var encoder = H264Encoder.Of(new CameraProgram("/usr/bin/rpicam-vid", CameraDialect.Rpicam), Board.FromModel(board));
        var problem = encoder.Problem(Pictures(width, height, framerate), new H264Settings(bits, 30, null));
        Assert.Equal(sentence is null, problem is null);
        Assert.Contains(sentence ?? "", problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Raspberry Pi 4 Model B Rev 1.1", "")]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", " --libav-video-codec-opts bf=0")]
    public void Only_an_encoder_on_the_cpu_is_told_to_keep_the_order_of_the_pictures(string board, string words)
    {
        var program = new CameraProgram("/usr/bin/rpicam-vid", CameraDialect.Rpicam);
        var told = RecordArguments.Of(program, 1, Pictures(1280, 720, 90), new H264Settings(4_000_000, 45, null), H264Encoder.Of(program, Board.FromModel(board)), "-", null);
        Assert.Equal($"-t 0 -n --codec h264 --bitrate 4000000 --intra 45 --inline --level 4.2{words} --width 1280 --height 720 --framerate 90 --flush -o - --camera 1", string.Join(' ', told));
    }

    [Fact]
    public void The_legacy_program_takes_more_bits_for_more_pictures()
    {
        var encoder = H264Encoder.Of(new CameraProgram("/usr/bin/raspivid", CameraDialect.Raspi), Board.FromModel(""));
        Assert.NotNull(encoder.Problem(Pictures(1920, 1080, 30), new H264Settings(26_000_000, 30, null)));
        Assert.Null(encoder.Problem(Pictures(1920, 1080, 49), new H264Settings(26_000_000, 30, null)));
        Assert.Equal((null, "4.2", null), (H264Encoder.Level(Pictures(1920, 1080, 30)), H264Encoder.Level(Pictures(1920, 1080, 49)), H264Encoder.Level(Pictures(1920, 1080, 90))));
    }
}
