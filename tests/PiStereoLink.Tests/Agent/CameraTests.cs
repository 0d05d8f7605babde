using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>How the real agent gets on with camera programs, good and bad.</summary>
public class CameraTests
{
    private const string OnePicture = "cat \"$here/picture.jpg\"\n";

    private static CameraFolder Folder(string script)
    {
        var folder = new CameraFolder();
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: 500));
        folder.Program("rpicam-vid", script);
        return folder;
    }

    [Theory]
    [InlineData(new[] { "rpicam-vid", "libcamera-vid", "raspivid" }, "rpicam-vid",
        "-t 0 -n --codec mjpeg -q 70 --width 1280 --height 720 --framerate 12.5 --flush -o - --camera 1 --metadata /dev/fd/")]
    [InlineData(new[] { "libcamera-vid", "raspivid" }, "libcamera-vid",
        "-t 0 -n --codec mjpeg -q 70 --width 1280 --height 720 --framerate 12.5 --flush -o - --camera 1 --metadata /dev/fd/")]
    [InlineData(new[] { "raspivid" }, "raspivid", "-t 0 -n -cd MJPEG -b 16128000 -w 1280 -h 720 -fps 12 -fl -o - -cs 1")]
    public async Task The_newest_camera_program_is_taken_and_told_what_to_do_in_its_own_words(string[] installed, string taken, string arguments)
    {
        using var folder = new CameraFolder();
        foreach (var name in installed)
            folder.Program(name, CameraFolder.Write("started", "$(basename $0) $arguments") + CameraFolder.Forever);
        await using var agent = folder.Run(FreePort.Take(), "--camera", "1", "--quality", "70", "--width", "1280", "--height", "720", "--framerate", "12.5");
        Assert.StartsWith($"{taken} {arguments}", await folder.FileAsync("started"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_camera_program_the_agent_ends_with_one_sentence()
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, ["run", "--to", "localhost", "--camera", "0", "--state", folder.State]);
        var (exitCode, output) = await agent.EndsAsync();
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("No camera program is installed: rpicam-vid, libcamera-vid and raspivid are not on PATH. " +
            "Install one with `sudo apt install rpicam-apps`, or use --camera sim:left to try without a camera.", agent.Said);
    }

    /// <summary>By whom a camera is used is told too where a program is seen that looks like it: that of a test beside this one.</summary>
    [Theory]
    [InlineData("ERROR: *** failed to acquire camera /base/soc/i2c0mux/i2c@1/imx219@10 ***", 255, "Another program is using the camera")]
    [InlineData("ERROR Camera camera.cpp:668 Pipeline handler in use by another process", 255, "Another program is using the camera")]
    [InlineData("mmal: mmal_vc_component_enable: failed to enable component: ENOSPC", 70, "Another program is using the camera")]
    [InlineData("ERROR: *** no cameras available ***", 255, "No camera was found.")]
    [InlineData("ERROR: *** unrecognised option '--flush' ***", 255, "rpicam-vid has no --flush: this version of it does not know the option.")]
    [InlineData("ERROR: the system appears to be configured for the legacy camera stack", 255, "This Pi is set up for the legacy camera stack.")]
    [InlineData("Segmentation fault", 139, "rpicam-vid ended by itself: it crashed.")]
    public async Task A_camera_that_fails_is_told_in_plain_words_with_all_that_is_known(string stderr, int exitCode, string sentence)
    {
        using var folder = Folder(OnePicture + $"printf '%s\\033[31m\\n' \"{stderr}\" >&2\nexit {exitCode}\n");
        await using var agent = folder.Run(FreePort.Take());
        var said = await agent.SaysAsync("Starting it again in 1 s.");
        Assert.Contains($"Camera garden/0: {sentence}", said, StringComparison.Ordinal);
        Assert.Contains($"({folder.Root}/rpicam-vid, exit code {exitCode} after 1 pictures, arguments: -t 0 -n", said, StringComparison.Ordinal);
        Assert.Contains($"it said: {stderr} [31m)", said, StringComparison.Ordinal);
        await agent.SaysAsync("Starting it again in 2 s.");
    }

    [Fact]
    public async Task A_camera_that_failed_is_back_and_its_numbers_go_on()
    {
        using var folder = Folder(OnePicture + OnePicture + "exit 3\n");
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        Assert.Equal([1UL, 2, 3, 4], (await stream.ReadAsync(4)).Select(Stamped.Sequence));
    }

    [Fact]
    public async Task A_flood_on_stderr_does_not_stop_the_pictures()
    {
        using var folder = Folder("while true; do head -c 300000 /dev/zero | tr '\\0' 'x' >&2; cat \"$here/picture.jpg\"; done\n");
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(10);
        stream.Dispose();
        await agent.StopsAsync();
    }

    [Fact]
    public async Task A_camera_that_ignores_SIGINT_is_killed_and_gone()
    {
        using var folder = Folder("trap '' INT\n" + OnePicture + CameraFolder.Write("pid", "$$") + "while true; do sleep 1; done\n");
        await using var agent = folder.Run(FreePort.Take(), "--drain", "0");
        var pid = await folder.FileAsync("pid");
        Assert.Equal(1, (await agent.StopsAsync()).Captured);
        Assert.False(Directory.Exists($"/proc/{pid}"), "the camera program is still there");
    }

    [Fact]
    public async Task A_camera_is_reaped_when_it_ends_while_the_agent_goes_on()
    {
        using var folder = Folder(CameraFolder.Write("pid", "$$") + "exit 1\n");
        await using var agent = folder.Run(FreePort.Take());
        var pid = await folder.FileAsync("pid");        // before the next program writes its own
        await agent.SaysAsync("Starting it again");
        Assert.False(Directory.Exists($"/proc/{pid}"), "a zombie is left");
    }

    [Fact]
    public async Task A_camera_that_delivers_nothing_is_stalled_stopped_and_started_again()
    {
        using var folder = Folder(OnePicture + CameraFolder.Write("pid", "$$") + CameraFolder.Forever);
        await using var agent = folder.Run(FreePort.Take());
        var pid = await folder.FileAsync("pid");        // before the next program writes its own
        var said = await agent.SaysAsync("stalled");
        Assert.Contains("The camera stalled: no picture for 10 s, after 1; its program was stopped. If that happens again, check the ribbon cable and the power supply: `agent doctor` tells of the latter. Starting it again in 1 s.", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{pid}"), "the stalled program is still there");
    }

    [Fact]
    public async Task A_camera_program_leads_a_session_of_its_own_so_that_Ctrl_C_reaches_the_agent_first()
    {
        using var folder = Folder(OnePicture + CameraFolder.Write("session", "$$ $(cut -d' ' -f5,6 /proc/$$/stat)") + CameraFolder.Forever);
        await using var agent = folder.Run(FreePort.Take());
        var ids = (await folder.FileAsync("session")).Split(' ');
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task What_the_camera_still_had_to_say_when_it_is_stopped_is_sent()
    {
        using var folder = Folder("trap 'cat \"$here/picture.jpg\"; exit 0' INT\n" + OnePicture + CameraFolder.Write("pid", "$$") + "while true; do sleep 0.1; done\n");
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        await folder.FileAsync("pid");
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal(2, (await stream.ReadToEndAsync()).Count);
    }

    [Fact]
    public async Task Pictures_carry_the_sensors_time_where_the_program_tells_it()
    {
        // As rpicam-vid writes: the closing brace of an object comes with the next one.
        using var folder = Folder("""
            exec 3> "$metadata"
            printf '[\n' >&3
            first=1
            for i in 1 2 3; do
              cat "$here/picture.jpg"
              [ "$first" ] || printf '\n},\n' >&3
              first=
              printf '{\n    "SensorTimestamp": %d000,\n    "ScalerCrop": (0, 0)/1x1,\n    "FrameWallClock": 176000000000000%d000,\n    "ExposureTime": 10000,\n    "AnalogueGain": 1.5' $i $i >&3
              printf '\n' >&3
            done

            """ + CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        // One a second: so long each waits for its metadata.
        await using var agent = folder.Run(receiver.Port, "--framerate", "1");
        using var stream = await receiver.AcceptAsync();
        var stamps = (await stream.ReadAsync(3)).ConvertAll(Stamped.Of);
        Assert.Equal([1760000000000001L, 1760000000000002L, 1760000000000003L], stamps.Select(stamp => stamp.UtcMicroseconds));
        Assert.All(stamps, stamp => Assert.Equal((10000, 1.5, null), (stamp.ExposureMicroseconds, stamp.AnalogueGain, stamp.Clock.ErrorMicroseconds)));
        Assert.Equal([1000L, 2000, 3000], stamps.Select(stamp => stamp.MonotonicNanoseconds!.Value));
    }

    [Fact]
    public async Task Without_metadata_pictures_carry_the_time_of_arrival_and_say_how_wrong_it_may_be()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--framerate", "20");
        using var stream = await receiver.AcceptAsync();
        var stamps = (await stream.ReadAsync(30)).ConvertAll(Stamped.Of);
        Assert.All(stamps, stamp => Assert.Equal(new ClockState(ClockSource.None, null, 150_000), stamp.Clock));
        Assert.All(stamps, stamp => Assert.NotNull(stamp.MonotonicNanoseconds));
        // Three pictures wait 100 ms each for metadata that does not come; then nobody waits any more.
        var pace = stamps.Zip(stamps.Skip(1), (a, b) => b.CapturedAt - a.CapturedAt).Skip(5).Min();
        Assert.True(pace < TimeSpan.FromMilliseconds(90), $"a picture every {pace.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task The_sensors_name_is_taken_from_libcameras_words()
    {
        using var folder = Folder("echo '[0:01:02.123456789] [1234]  INFO RPI vc4.cpp:615 Sensor: /base/soc/i2c0mux/i2c@1/imx219@10 - Selected sensor format: 640x480-SBGGR10_1X10' >&2\nsleep 1\n" + OnePicture + CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        Assert.Equal("imx219", Stamped.Of((await stream.ReadAsync(1))[0]).Sensor);
    }
}
