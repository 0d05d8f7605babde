using System.Text.Json;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary><c>agent capture</c> with the real agent and camera programs that are scripts.</summary>
public class CaptureTests
{
    /// <summary>Takes a picture as rpicam-still does, and remembers how it was called.</summary>
    private const string Takes = """
        set -- $arguments
        while [ $# -gt 0 ]; do
          case "$1" in -o) output="$2" ;; --raw) raw=1 ;; esac
          shift
        done
        echo "$arguments" > "$here/called"
        echo "[0:01:02.1] [9]  INFO RPI vc4.cpp:615 Sensor: /base/soc/i2c0mux/i2c@1/imx219@10 - Selected sensor format: 640x480" >&2
        cat "$here/picture.jpg" > "$output"
        [ -z "$raw" ] || echo dng > "${output%.*}.dng"
        [ -z "$metadata" ] || cat "$here/metadata" > "$metadata"

        """;

    private const string Metadata = """
        {
            "SensorTimestamp": 5000,
            "FrameWallClock": 1760000000000001000,
            "ExposureTime": 19987,
            "AnalogueGain": 2.0,
            "DigitalGain": 1.25,
            "ColourGains": [ 1.9, 1.6 ]
        }
        """;

    private static CameraFolder Folder(string script = Takes, string program = "rpicam-still")
    {
        var folder = new CameraFolder();
        folder.Picture("picture.jpg", Pictures.Skeleton(1920, 1080, entropyBytes: 5000));
        File.WriteAllText(Path.Combine(folder.Root, "metadata"), Metadata);
        Directory.CreateDirectory(Out(folder, ""));
        folder.Program(program, script);
        return folder;
    }

    private static string Out(CameraFolder folder, string name) => Path.Combine(folder.Root, "out", name);

    private static Task<byte[]> BytesAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private static async Task<(int ExitCode, string Output, string Said)> CaptureAsync(CameraFolder folder, params string[] arguments)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, ["capture", "--node", "garden", .. arguments]);
        var (exitCode, output) = await agent.EndsAsync();
        return (exitCode, output, agent.Said);
    }

    private static async Task<string> CalledAsync(CameraFolder folder, params string[] arguments)
    {
        var (exitCode, _, said) = await CaptureAsync(folder, arguments);
        Assert.True(exitCode == 0, said);
        var words = (await File.ReadAllTextAsync(Path.Combine(folder.Root, "called"))).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(' ', words.Select(word => word.StartsWith('/') ? Path.GetFileName(word) : word));
    }

    [Fact]
    public async Task A_still_is_whole_and_stamped_and_alone_in_its_folder()
    {
        using var folder = Folder();
        var (exitCode, output, said) = await CaptureAsync(folder, "-o", Out(folder, "a.jpg"), "--json");
        Assert.True(exitCode == 0, said);
        Assert.Equal([Out(folder, "a.jpg")], Directory.GetFileSystemEntries(Out(folder, "")));

        var jpeg = await File.ReadAllBytesAsync(Out(folder, "a.jpg"), TestContext.Current.CancellationToken);
        Assert.Equal((JpegFault.None, 1920), (JpegScanner.Check(jpeg).Fault, JpegScanner.Check(jpeg).Width));
        var stamp = Stamped.Of(jpeg);
        Assert.Equal(("garden/0", 1760000000000001L, "imx219", 19987, 2.0, 1.25),
            (stamp.Camera.ToString(), stamp.UtcMicroseconds, stamp.Sensor, stamp.ExposureMicroseconds, stamp.AnalogueGain, stamp.DigitalGain));

        var told = JsonDocument.Parse(output).RootElement;
        Assert.Equal((Out(folder, "a.jpg"), jpeg.Length, "2025-10-09T08:53:20.000001Z", 19987),
            (told.GetProperty("file").GetString(), told.GetProperty("bytes").GetInt32(), told.GetProperty("capturedAt").GetString(), told.GetProperty("exposureMicroseconds").GetInt32()));
    }

    [Fact]
    public async Task Two_stills_never_have_the_same_identity()
    {
        using var folder = Folder();
        await CaptureAsync(folder, "-o", Out(folder, "a.jpg"));
        await CaptureAsync(folder, "-o", Out(folder, "b.jpg"));
        Assert.NotEqual(Stamped.Of(await BytesAsync(Out(folder, "a.jpg"))).Identity, Stamped.Of(await BytesAsync(Out(folder, "b.jpg"))).Identity);
    }

    [Fact]
    public async Task A_still_goes_to_stdout_and_nothing_else_does()
    {
        using var folder = Folder();
        var outcome = await Tool.RunAsync("/bin/sh", "-c", $"PATH={folder.Root} {Programs.Path("PiStereoLink.Agent")} capture -o - --node garden > {Out(folder, "piped")}");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal("garden/0", Stamped.Of(await BytesAsync(Out(folder, "piped"))).Camera.ToString());
    }

    [Theory]
    [InlineData("rpicam-still", "-o a.jpg", "-n -t 2000 -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json")]
    [InlineData("libcamera-still", "-o a.jpg --width 640 --height 480 --quality 70 --camera 1", "-n -t 2000 -o picture.jpg --camera 1 --width 640 --height 480 -q 70 -e jpg --thumb none --metadata picture.json")]
    [InlineData("rpicam-still", "-o a.png --settle 500 --hflip", "-n -t 500 -o picture.png --camera 0 -q 93 -e png --thumb none --metadata picture.json --hflip")]
    [InlineData("rpicam-still", "-o a.jpg --settle 0", "-n --immediate -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json")]
    [InlineData("rpicam-still", "-o a.jpg --shutter 100000000 --gain 1 --awbgains 1,1", "-n --immediate -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json --shutter 100000000 --gain 1 --awbgains 1,1")]
    [InlineData("rpicam-still", "-o a.jpg --shutter 100000000 --gain 1", "-n --immediate -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json --shutter 100000000 --gain 1 --awbgains 1.9,1.6")]
    [InlineData("rpicam-still", "-o a.jpg --shutter 1000000", "-n --immediate -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json --shutter 1000000 --gain 1 --awbgains 1.9,1.6")]
    [InlineData("rpicam-still", "-o a.jpg --shutter 1000000 --settle 0", "-n --immediate -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json --shutter 1000000")]
    [InlineData("rpicam-still", "-o a.jpg --shutter 10000 --gain 1 --awbgains 1,1", "-n -t 2000 -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json --shutter 10000 --gain 1 --awbgains 1,1")]
    [InlineData("rpicam-still", "-o a.dat --encoding yuv420 --width 64 --height 50", "-n -t 2000 -o picture.yuv420 --camera 0 --width 64 --height 50 -q 93 -e yuv420 --thumb none --metadata picture.json")]
    [InlineData("rpicam-still", "-o a.jpg --preview 10,20,640,480", "-p 10,20,640,480 -t 2000 -o picture.jpg --camera 0 -q 93 -e jpg --thumb none --metadata picture.json")]
    [InlineData("raspistill", "-o a.jpg --width 640 --height 480 --settle 0 --brightness 1", "-n -t 1 -o picture.jpg -cs 0 -w 640 -h 480 -q 93 -e jpg -th none -set -br 100")]
    [InlineData("raspistill", "-o a.gif --preview full", "-f -t 2000 -o picture.gif -cs 0 -q 93 -e gif -th none -set")]
    [InlineData("raspistill", "-o a.jpg --shutter 6000000 --gain 1 --awbgains 1,1", "-n -t 1 -o picture.jpg -cs 0 -q 93 -e jpg -th none -set -ss 6000000 -ag 1 -dg 1 -awb off -awbg 1,1")]
    [InlineData("raspiyuv", "-o a.yuv --width 64 --height 50", "-n -t 2000 -o picture.yuv420 -cs 0 -w 64 -h 50 -set")]
    [InlineData("raspiyuv", "-o a.rgb --width 64 --height 50 --hflip", "-n -t 2000 -o picture.rgb -cs 0 -w 64 -h 50 -rgb -set -hf")]
    public async Task Each_program_is_told_what_to_do_in_its_own_words(string program, string arguments, string called)
    {
        using var folder = Folder(program: program);
        if (program == "raspiyuv")
            folder.Program("raspistill", "exit 9\n");
        if (called.Contains("yuv420", StringComparison.Ordinal) || called.Contains("-rgb", StringComparison.Ordinal))
            folder.Picture("picture.jpg", new byte[called switch { _ when program != "raspiyuv" => 64 * 50 * 3 / 2, _ when called.Contains("-rgb", StringComparison.Ordinal) => 64 * 64 * 3, _ => 64 * 64 * 3 / 2 }]);
        Assert.Equal(called, await CalledAsync(folder, [.. arguments.Split(' ').Select(word => word.StartsWith("a.", StringComparison.Ordinal) ? Out(folder, word) : word)]));
    }

    [Fact]
    public async Task Other_formats_come_as_they_are_and_a_DNG_lies_beside()
    {
        using var folder = Folder();
        Assert.EndsWith("-e png --raw --thumb none --metadata picture.json", await CalledAsync(folder, "-o", Out(folder, "a.png"), "--raw"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Root, "picture.jpg")), File.ReadAllBytes(Out(folder, "a.png")));
        Assert.Equal("dng\n", File.ReadAllText(Out(folder, "a.dng")));
    }

    [Fact]
    public async Task What_one_camera_found_for_the_light_another_shoots_with()
    {
        using var folder = Folder();
        var light = Out(folder, "light.json");
        Assert.EndsWith("--metadata picture.json", await CalledAsync(folder, "--freeze", light), StringComparison.Ordinal);
        Assert.Equal("{\"shutter\":19987,\"gain\":2.5,\"awbgains\":[1.9,1.6]}\n", await File.ReadAllTextAsync(light, TestContext.Current.CancellationToken));
        Assert.Equal([light], Directory.GetFileSystemEntries(Out(folder, "")));
        Assert.EndsWith("--metadata picture.json --shutter 19987 --gain 2.5 --awbgains 1.9,1.6", await CalledAsync(folder, "-o", Out(folder, "b.jpg"), "--frozen", light), StringComparison.Ordinal);
        Assert.EndsWith("--shutter 5000 --gain 2.5 --awbgains 1.9,1.6", await CalledAsync(folder, "-o", Out(folder, "b.jpg"), "--shutter", "5000", "--frozen", light), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lens_is_frozen_where_it_stood_and_what_looks_for_the_focus_lets_go_of_it()
    {
        using var folder = Folder();
        var light = Out(folder, "light.json");
        foreach (var (told, frozen) in new[] { ("2.250000", "2.25"), ("0.000000", "0") })
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Root, "metadata"), Metadata.Replace("\"ExposureTime\"", $"\"LensPosition\": {told},\n    \"ExposureTime\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await CalledAsync(folder, "--freeze", light);
            Assert.EndsWith($",\"awbgains\":[1.9,1.6],\"lensPosition\":{frozen}}}\n", await File.ReadAllTextAsync(light, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.EndsWith($"--awbgains 1.9,1.6 --autofocus-mode manual --lens-position {frozen}", await CalledAsync(folder, "-o", Out(folder, "b.jpg"), "--frozen", light), StringComparison.Ordinal);
        }
        Assert.EndsWith("--awbgains 1.9,1.6 --autofocus-mode continuous", await CalledAsync(folder, "-o", Out(folder, "b.jpg"), "--frozen", light, "--autofocus-mode", "continuous"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_raspistill_says_of_its_settings_can_be_frozen()
    {
        using var folder = Folder("""
            echo "mmal: Exposure now 5000, analog gain 256/256, digital gain 256/256" >&2
            echo "mmal: AWB R=256/256, B=256/256" >&2
            echo "mmal: Exposure now 19987, analog gain 512/256, digital gain 320/256" >&2
            echo "mmal: AWB R=486/256, B=410/256" >&2

            """ + Takes, "raspistill");
        var light = Out(folder, "light.json");
        await CalledAsync(folder, "--freeze", light);
        Assert.Equal("{\"shutter\":19987,\"gain\":2.5,\"awbgains\":[1.898438,1.601562]}\n", await File.ReadAllTextAsync(light, TestContext.Current.CancellationToken));
        Assert.EndsWith("-set -ss 19987 -ag 2.5 -dg 1 -awb off -awbg 1.898438,1.601562", await CalledAsync(folder, "-o", Out(folder, "b.jpg"), "--frozen", light), StringComparison.Ordinal);
        Assert.Equal(19987, Stamped.Of(await BytesAsync(Out(folder, "b.jpg"))).ExposureMicroseconds);
    }

    [Fact]
    public async Task A_picture_without_a_header_is_told_with_its_geometry_or_is_not_whole()
    {
        using var folder = Folder(program: "raspiyuv");
        folder.Program("raspistill", "exit 9\n");
        string[] arguments = ["-o", Out(folder, "a.yuv"), "--width", "330", "--height", "250", "--json"];
        folder.Picture("picture.jpg", new byte[352 * 256 * 3 / 2]);
        var (exitCode, output, said) = await CaptureAsync(folder, arguments);
        Assert.True(exitCode == 0, said);
        var told = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("yuv420", 330, 250, 352, 256), (told.GetProperty("encoding").GetString(), told.GetProperty("width").GetInt32(), told.GetProperty("height").GetInt32(),
            told.GetProperty("paddedWidth").GetInt32(), told.GetProperty("paddedHeight").GetInt32()));

        folder.Picture("picture.jpg", new byte[330 * 250 * 3 / 2]);
        Assert.Equal((1, "", "raspiyuv wrote 123750 bytes, which are not the 135168 of yuv420 with 352x256: the picture is not whole."), await CaptureAsync(folder, arguments));
    }

    [Theory]
    [InlineData("ov5647", 6)]
    [InlineData("imx219", 10)]
    [InlineData("imx708", 112)]
    public async Task A_shutter_beyond_the_sensor_is_refused_before_it_is_waited_for(string sensor, int seconds)
    {
        using var folder = Folder($$"""
            if [ "$arguments" = --list-cameras ]; then
              printf 'Available cameras\n-----------------\n0 : {{sensor}} [3280x2464 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/{{sensor}}@10)\n    Modes: \n\n'
              exit 0
            fi

            """ + Takes);
        string[] arguments = ["-o", Out(folder, "a.jpg"), "--gain", "1", "--awbgains", "1,1", "--shutter"];
        Assert.Contains($"--shutter {seconds}000000", await CalledAsync(folder, [.. arguments, $"{seconds}000000"]), StringComparison.Ordinal);
        var (exitCode, _, said) = await CaptureAsync(folder, [.. arguments, $"{seconds}000001"]);
        Assert.Equal(seconds > 10 ? (0, "") : (1, $"The {sensor} has no --shutter {seconds}000001: it exposes for at most {seconds} s."), (exitCode, said));
    }

    [Theory]
    [InlineData("capture", "-o", "a.jpg")]
    [InlineData("timelapse", "-o", "%d.jpg", "--frames", "2", "--interval", "0.5", "--min-free", "1")]
    public async Task Where_the_LED_cannot_be_kept_off_that_is_said_once_and_pictures_are_taken(string verb, params string[] arguments)
    {
        using var folder = Folder();
        arguments[1] = Out(folder, arguments[1]);
        await using var agent = AgentProcess.Start(folder.SearchPath, [verb, "--settle", "0", "--led", "off", .. arguments], executable: null,
            ("PISTEREOLINK_Agent__LedDevice", "gpio:no-such-chip:1"));
        Assert.Equal(0, (await agent.EndsAsync()).ExitCode);
        Assert.Equal(1, agent.Said.Split("The LED is not kept off: Line 1 of no-such-chip cannot be used: no GPIO chip is called no-such-chip").Length - 1);
        Assert.NotEmpty(Directory.GetFiles(Out(folder, ""), "*.jpg"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"shutter":1,"gain":0,"awbgains":[1,1]}""")]
    [InlineData("""{"shutter":1,"gain":1,"awbgains":[1]}""")]
    public async Task A_frozen_file_that_is_none_is_one_sentence(string text)
    {
        using var folder = Folder();
        var light = Out(folder, "light.json");
        await File.WriteAllTextAsync(light, text, TestContext.Current.CancellationToken);
        Assert.Equal((2, "", $"--frozen {light} is not what `agent capture --freeze` writes: {{\"shutter\":MICROSECONDS,\"gain\":GAIN,\"awbgains\":[RED,BLUE]}}."),
            await CaptureAsync(folder, "-o", Out(folder, "a.jpg"), "--frozen", light));
    }

    [Fact]
    public async Task A_version_without_metadata_takes_its_picture_all_the_same_but_freezes_nothing()
    {
        using var folder = Folder("[ -z \"$metadata\" ] || { echo \"ERROR: *** unrecognised option '--metadata' ***\" >&2; exit 255; }\n" + Takes, "libcamera-still");
        Assert.EndsWith("--thumb none", await CalledAsync(folder, "-o", Out(folder, "a.jpg")), StringComparison.Ordinal);
        Assert.NotNull(Stamped.Of(await BytesAsync(Out(folder, "a.jpg"))).Clock.ErrorMicroseconds);
        Assert.Equal((1, "", "libcamera-still has not told exposure, gain and white balance, so there is nothing to freeze. Programs since June 2022 tell, and so does raspistill."),
            await CaptureAsync(folder, "--freeze", Out(folder, "light.json")));
    }

    [Theory]
    [InlineData("echo 'ERROR: *** failed to acquire camera /base/imx219@10 ***' >&2; exit 255", "Another program is using the camera")]
    [InlineData("echo 'ERROR: *** no cameras available ***' >&2; exit 255", "No camera was found.")]
    [InlineData("echo \"ERROR: *** unrecognised option '--hdr' ***\" >&2; exit 255", "rpicam-still has no --hdr: this version of it does not know the option.")]
    [InlineData("echo \"ERROR: *** unrecognised option '--mode' ***\" >&2; exit 255", "rpicam-still has no --sensor-mode: this version of it does not know the option.")]
    [InlineData("exit 0", "rpicam-still ended as if all were well, but there is no picture.")]
    [InlineData("set -- $arguments; head -c 3000 \"$here/picture.jpg\" > \"$5\"", "The camera program left a picture that is no whole JPEG: it ends before its end marker (truncated).")]
    [InlineData("exit 9", "rpicam-still ended by itself. If that goes on, run it by hand to see why. (")]
    public async Task A_still_that_fails_is_one_sentence_and_the_picture_before_it_stays(string script, string sentence)
    {
        using var folder = Folder(script + "\n");
        await File.WriteAllTextAsync(Out(folder, "a.jpg"), "before", TestContext.Current.CancellationToken);
        var (exitCode, output, said) = await CaptureAsync(folder, "-o", Out(folder, "a.jpg"));
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.Equal("before", await File.ReadAllTextAsync(Out(folder, "a.jpg"), TestContext.Current.CancellationToken));
        Assert.Equal([Out(folder, "a.jpg")], Directory.GetFileSystemEntries(Out(folder, "")));
    }

    [Theory]
    [InlineData("", "No file for the picture: give -o FILE, or -o - for stdout.")]
    [InlineData("-o - --json", "-o - puts the picture on stdout, where --json would print: leave one out.")]
    [InlineData("-o - --raw", "--raw puts a second file beside the picture: give -o FILE.")]
    [InlineData("-o a.dng --raw", "-o a.dng cannot be: a DNG lies beside a picture, so give -o a.jpg --raw.")]
    [InlineData("-o a.jpg --settle soon", "--settle 'soon' is not a whole number of milliseconds from 0 to 600000.")]
    [InlineData("-o a.jpg --camera sim:middle", "--camera 'sim:middle' cannot be used: an index such as 0, a model such as imx708, a part of an id path such as i2c@88000, a USB camera such as /dev/video0, sim:left and sim:right can.")]
    [InlineData("-o a.yuv", "A file of yuv420 does not say its size, so it has to be known: give --width and --height.")]
    [InlineData("-o a.jpg --led blink", "--led 'blink' cannot be done while taking pictures: keep or off can.")]
    [InlineData("-o a.jpg --preview 0,0,640", "--preview '0,0,640' is not off, full or X,Y,W,H in whole pixels of the screen, at most 8192. `agent capture --help` shows what is allowed.")]
    [InlineData("-o a.jpg --width 640", "--width and --height belong together: give both, or neither for the sensor's full size.")]
    [InlineData("--freeze a --shutter 1 --gain 1 --awbgains 1,1", "--freeze finds shutter, gain and white balance, and all three are given: leave one out.")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string arguments, string sentence)
    {
        using var folder = Folder();
        Assert.Equal((2, "", sentence), await CaptureAsync(folder, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("raspistill", "--hdr auto", "raspistill has no --hdr: the legacy camera stack cannot do it.")]
    [InlineData("raspistill", "--raw", "raspistill has no --raw: it writes no DNG, but hides the sensor's data in the JPEG.")]
    [InlineData("raspistill", "--encoding rgb --width 64 --height 48", "raspistill has no --encoding rgb: raspiyuv has, and is not on PATH.")]
    [InlineData("rpicam-still", "--encoding gif", "rpicam-still has no --encoding gif: it has jpg, png, bmp, rgb, yuv420.")]
    [InlineData("rpicam-still", "--image-effect sketch", "rpicam-still has no --image-effect: effects went with the legacy camera stack.")]
    [InlineData("raspistill", "--camera imx219", "raspistill has no list of cameras: give --camera 0, or --camera 1 for the second port of a Compute Module.")]
    public async Task A_setting_that_the_program_does_not_have_is_refused_by_its_name(string program, string arguments, string sentence)
    {
        using var folder = Folder(program: program);
        Assert.Equal((1, "", sentence), await CaptureAsync(folder, ["-o", Out(folder, "a.jpg"), .. arguments.Split(' ')]));
        Assert.Empty(Directory.GetFileSystemEntries(Out(folder, "")));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_before_the_camera_is_touched()
    {
        using var folder = Folder();
        Assert.Equal((1, "", $"There is no folder {Out(folder, "none")} for the picture: make it first."), await CaptureAsync(folder, "-o", Out(folder, "none/a.jpg")));
        Assert.False(File.Exists(Path.Combine(folder.Root, "called")), "the camera program was started");
    }

    [Fact]
    public async Task Ctrl_C_stops_the_camera_program_and_leaves_nothing_behind()
    {
        using var folder = Folder(CameraFolder.Write("pid", "$$") + CameraFolder.Forever);
        await using var agent = AgentProcess.Start(folder.SearchPath, ["capture", "-o", Out(folder, "a.jpg")]);
        var pid = await folder.FileAsync("pid");
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("Stopped before the picture was taken.", agent.Said);
        Assert.False(Directory.Exists($"/proc/{pid}"), "the camera program is still there");
        Assert.Empty(Directory.GetFileSystemEntries(Out(folder, "")));
    }

    [Fact]
    public async Task A_camera_that_hangs_is_stopped_at_its_deadline_and_the_cause_told()
    {
        using var folder = Folder("echo 'ERROR: Device timeout detected, attempting a restart!!!' >&2\n" + CameraFolder.Write("pid", "$$") + CameraFolder.Forever);
        var time = new Deadlines();
        var program = new StillProgram(new CameraProgram(Path.Combine(folder.Root, "rpicam-still"), CameraDialect.Rpicam), time);
        var taking = program.TakeAsync(0, PictureSettings.Still with { ShutterMicroseconds = 800_000 }, TimeSpan.FromSeconds(2), Out(folder, "a.jpg"), TestContext.Current.CancellationToken);
        var pid = await folder.FileAsync("pid");
        // A shell whose command has just ended takes a SIGINT for that one's and goes on; then only the time that stands still here would end it.
        await Until.TrueAsync(async () => await File.ReadAllTextAsync($"/proc/{pid}/comm", TestContext.Current.CancellationToken) == "sleep\n");
        Assert.Equal([StallLimit.Of(3 * TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2 + 20))], time.Set);
        time.Pass();
        var failure = await Assert.ThrowsAsync<CameraException>(() => taking);
        Assert.Equal("rpicam-still had taken no picture after 35 s and was stopped. The camera has stopped delivering. With the Pi switched off, check the ribbon cable at both ends.", failure.Message);
        Assert.False(Directory.Exists($"/proc/{pid}"), "the camera program is still there");
    }

    /// <summary>A clock whose timers go off only when the test says so.</summary>
    private sealed class Deadlines : TimeProvider
    {
        private readonly List<Action> due = [];

        public List<TimeSpan> Set { get; } = [];

        public void Pass() => due.ToList().ForEach(act => act());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Set.Add(dueTime);
            due.Add(() => callback(state));
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
