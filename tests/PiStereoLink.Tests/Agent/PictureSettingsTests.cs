using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Agent;

/// <summary>One set of settings, said to each generation of camera programs in its own words.</summary>
public class PictureSettingsTests
{
    /// <summary>Each setting, what it is for rpicam-* and libcamera-*, and for raspi*; a sentence without dashes in front is a refusal.</summary>
    public static TheoryData<string, PictureSettings, string, string> Settings
    {
        get
        {
            var nothing = new PictureSettings();
            const string lens = "has no {0}: the legacy camera stack moves no lens.";
            return new()
            {
                { "nothing", nothing, "", "" },
                { "hflip", nothing with { HorizontalFlip = true }, "--hflip", "-hf" },
                { "vflip", nothing with { VerticalFlip = true }, "--vflip", "-vf" },
                { "rotation 180", nothing with { Rotation = 180 }, "--rotation 180", "-rot 180" },
                { "rotation 90", nothing with { Rotation = 90 }, "has no --rotation 90: it turns by 0 or 180 degrees.", "-rot 90" },
                { "roi", nothing with { Roi = new(0.1, 0.2, 0.5, 0.25) }, "--roi 0.1,0.2,0.5,0.25", "-roi 0.1,0.2,0.5,0.25" },
                { "sensor mode", nothing with { SensorMode = "1640:1232:10:P" }, "--mode 1640:1232:10:P", "has no --sensor-mode 1640:1232:10:P: its modes are numbers, 0 to 7, and 0 chooses by itself." },
                { "sensor mode number", nothing with { SensorMode = "4" }, "has no --sensor-mode 4: its modes are written WIDTH:HEIGHT:BITS:P, and `agent cameras` lists them.", "-md 4" },
                { "brightness", nothing with { Brightness = -0.5 }, "--brightness -0.5", "-br 25" },
                { "brightness neutral", nothing with { Brightness = 0 }, "--brightness 0", "-br 50" },
                { "contrast", nothing with { Contrast = 1.25 }, "--contrast 1.25", "-co 25" },
                { "contrast neutral", nothing with { Contrast = 1 }, "--contrast 1", "-co 0" },
                { "saturation", nothing with { Saturation = 0 }, "--saturation 0", "-sa -100" },
                { "sharpness", nothing with { Sharpness = 2 }, "--sharpness 2", "-sh 100" },
                { "sharpness beyond", nothing with { Sharpness = 4 }, "--sharpness 4", "has no --sharpness 4: its scale ends at 2." },
                { "exposure", nothing with { Exposure = "sport" }, "--exposure sport", "-ex sports" },
                { "exposure normal", nothing with { Exposure = "normal" }, "--exposure normal", "-ex auto" },
                { "exposure night", nothing with { Exposure = "night" }, "has no --exposure night: it has normal, sport, long, custom.", "-ex night" },
                { "metering centre", nothing with { Metering = "centre" }, "--metering centre", "-mm average" },
                { "metering average", nothing with { Metering = "average" }, "--metering average", "-mm matrix" },
                { "metering custom", nothing with { Metering = "custom" }, "--metering custom", "has no --metering custom: it has centre, spot, average, backlit." },
                { "ev", nothing with { Ev = -0.5 }, "--ev -0.5", "-ev -3" },
                { "ev beyond", nothing with { Ev = 5 }, "--ev 5", "has no --ev 5: it goes from -4.16 to 4.16 stops." },
                { "shutter", nothing with { ShutterMicroseconds = 100_000_000 }, "--shutter 100000000", "-ss 100000000" },
                { "gain", nothing with { Gain = 2.5 }, "--gain 2.5", "-ag 2.5 -dg 1" },
                { "awb", nothing with { WhiteBalance = "daylight" }, "--awb daylight", "-awb sun" },
                { "awb indoor", nothing with { WhiteBalance = "indoor" }, "--awb indoor", "has no --awb indoor: it has auto, incandescent, tungsten, fluorescent, daylight, cloudy, shade, flash, horizon, greyworld." },
                { "gains before awb", nothing with { WhiteBalance = "daylight", ColourGains = new(1.9, 1.6) }, "--awbgains 1.9,1.6", "-awb off -awbg 1.9,1.6" },
                { "denoise", nothing with { Denoise = "cdn_off" }, "--denoise cdn_off", "has no --denoise: the legacy camera stack decides by itself." },
                { "hdr", nothing with { Hdr = "single-exp" }, "--hdr single-exp", "has no --hdr: the legacy camera stack cannot do it." },
                { "flicker", nothing with { FlickerPeriodMicroseconds = 10000 }, "--flicker-period 10000", "-fli 50hz" },
                { "flicker odd", nothing with { FlickerPeriodMicroseconds = 5000 }, "--flicker-period 5000", "has no --flicker-period 5000: it has 10000 (50 Hz), 8333 (60 Hz) and 0 (off)." },
                { "af mode", nothing with { AutofocusMode = "continuous" }, "--autofocus-mode continuous", string.Format(null, lens, "--autofocus-mode") },
                { "af range", nothing with { AutofocusRange = "macro" }, "--autofocus-range macro", string.Format(null, lens, "--autofocus-range") },
                { "af speed", nothing with { AutofocusSpeed = "fast" }, "--autofocus-speed fast", string.Format(null, lens, "--autofocus-speed") },
                { "af window", nothing with { AutofocusWindow = new(0, 0, 0.5, 0.5) }, "--autofocus-window 0,0,0.5,0.5", string.Format(null, lens, "--autofocus-window") },
                { "lens", nothing with { LensPosition = "2.5" }, "--lens-position 2.5", string.Format(null, lens, "--lens-position") },
                { "tuning", nothing with { TuningFile = "/etc/a.json" }, "--tuning-file /etc/a.json", "has no --tuning-file: the legacy camera stack is tuned in its firmware." },
                { "colour effect", nothing with { ColourEffect = (128, 64) }, "has no --colour-effect: effects went with the legacy camera stack; --saturation 0 makes black and white.", "-cfx 128:64" },
                { "image effect", nothing with { ImageEffect = "negative" }, "has no --image-effect: effects went with the legacy camera stack.", "-ifx negative" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Each_setting_is_said_in_a_programs_own_words_or_refused_by_its_name(string what, PictureSettings settings, string rpicam, string raspi)
    {
        Assert.NotEmpty(what);
        Holds("libcamera-still", rpicam, RpicamArguments.Of);
        Holds("raspivid", raspi, RaspiArguments.Of);

        void Holds(string program, string expected, Func<PictureSettings, string, IReadOnlyList<string>> of)
        {
            if (expected.StartsWith("has no", StringComparison.Ordinal))
                Assert.Equal($"{program} {expected}", Assert.Throws<CameraException>(() => of(settings, program)).Message);
            else
                Assert.Equal(expected, string.Join(' ', of(settings, program)));
        }
    }

    [Fact]
    public void Every_word_of_every_setting_is_known_to_some_program()
    {
        Vocabulary[] all = [Vocabulary.Encoding, Vocabulary.Exposure, Vocabulary.Metering, Vocabulary.WhiteBalance, Vocabulary.Denoise, Vocabulary.Hdr,
            Vocabulary.AutofocusMode, Vocabulary.AutofocusRange, Vocabulary.AutofocusSpeed, Vocabulary.ImageEffect];
        Assert.All(all.SelectMany(words => words.Words), word => Assert.False(word.Rpicam is null && word.Raspi is null, word.Ours));
    }

    [Theory]
    [InlineData("--contrast grey", "--contrast 'grey' is not a number. `agent run --help` shows what is allowed.")]
    [InlineData("--contrast 33", "--contrast 33 is outside 0 to 32.")]
    [InlineData("--brightness -1.5", "--brightness -1.5 is outside -1 to 1.")]
    [InlineData("--ev 11", "--ev 11 is outside -10 to 10 stops.")]
    [InlineData("--awb candle", "--awb 'candle' is not auto, incandescent, tungsten, fluorescent, indoor, daylight, cloudy, custom, shade, flash, horizon or greyworld. `agent run --help` shows what is allowed.")]
    [InlineData("--awbgains 1.5", "--awbgains '1.5' is not RED,BLUE. `agent run --help` shows what is allowed.")]
    [InlineData("--awbgains 0,1", "--awbgains 0 is outside 0.01 to 32.")]
    [InlineData("--roi 0.5,0.5,0.6,0.5", "--roi 0.5,0.5,0.6,0.5 goes beyond the picture: X and W together are at most 1, Y and H too.")]
    [InlineData("--rotation 45", "--rotation '45' is not 0, 90, 180 or 270. `agent run --help` shows what is allowed.")]
    [InlineData("--sensor-mode best", "--sensor-mode 'best' is not WIDTH:HEIGHT, WIDTH:HEIGHT:BITS, WIDTH:HEIGHT:BITS:P or a number from 0 to 7. `agent run --help` shows what is allowed.")]
    [InlineData("--shutter 0", "--shutter 0 is outside 1 to 1000000000 microseconds.")]
    [InlineData("--gain 2 --iso 200", "--gain and --iso are two names of one thing: give one of them.")]
    [InlineData("--lens-position 2 --autofocus-mode continuous", "--lens-position 2 fixes the focus, and --autofocus-mode continuous looks for it: leave one out.")]
    [InlineData("--tuning-file /nowhere.json", "--tuning-file /nowhere.json is not there.")]
    [InlineData("--frozen /nowhere.json", "--frozen /nowhere.json cannot be read: Could not find file '/nowhere.json'.")]
    [InlineData("--encoding png", "Unrecognized command or argument '--encoding'. `agent run --help` shows what is allowed.")]
    [InlineData("--quality 0 --contrast -1", "--quality 0 is outside 1 to 100. --contrast -1 is outside 0 to 32.")]
    public async Task A_setting_that_cannot_be_is_one_sentence_and_exit_code_2(string arguments, string sentence)
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, ["run", "--to", "desk", "--camera", "0", .. arguments.Split(' ')]);
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Equal(sentence, agent.Said);
    }

    [Fact]
    public async Task Every_setting_reaches_the_program_from_the_command_line_and_the_environment_and_the_first_wins()
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-vid", CameraFolder.Write("started", "$arguments") + CameraFolder.Forever);
        await using var agent = AgentProcess.Start(folder.SearchPath, ["run", "--brightness", "-0.25", "--shutter", "10000", "--hflip", "--iso", "200"], executable: null,
            ("PISTEREOLINK_Agent__To", "127.0.0.1:1"), ("PISTEREOLINK_Agent__State", folder.State), ("PISTEREOLINK_Agent__Drain", "0"),
            ("PISTEREOLINK_Agent__Cameras__0", "1"), ("PISTEREOLINK_Agent__Brightness", "0.75"), ("PISTEREOLINK_Agent__Contrast", "1.5"),
            ("PISTEREOLINK_Agent__Gain", "7"), ("PISTEREOLINK_Agent__AutofocusMode", "manual"), ("PISTEREOLINK_Agent__LensPosition", "0.5"),
            ("PISTEREOLINK_Agent__Awbgains", "1.9,1.6"), ("PISTEREOLINK_Agent__Vflip", "true"));
        Assert.StartsWith("-t 0 -n --codec mjpeg -q 50 --width 640 --height 480 --framerate 30 --flush -o - --camera 1 --hflip --vflip --brightness -0.25 " +
            "--contrast 1.5 --shutter 10000 --gain 2 --awbgains 1.9,1.6 --autofocus-mode manual --lens-position 0.5 --metadata /dev/fd/",
            await folder.FileAsync("started"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_the_installed_program_does_not_have_ends_the_agent_at_once()
    {
        using var folder = new CameraFolder();
        folder.Program("raspivid", "exit 0\n");
        await using var agent = AgentProcess.Start(folder.SearchPath, ["run", "--to", "desk", "--camera", "0", "--state", folder.State, "--hdr", "auto"]);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("raspivid has no --hdr: the legacy camera stack cannot do it.", agent.Said);
    }
}
