namespace PiStereoLink.Tests.Agent;

/// <summary>Command line, environment, file and state folder of the real agent.</summary>
public class SettingsTests
{
    [Theory]
    [InlineData("run --camera 0", "No receiver to send to: give --to HOST:PORT (default port 8000), or pair this Pi with agent join.")]
    [InlineData("run --to desk", "No camera to take pictures with: give --camera 0 for the first one, or --camera sim:left to try without.")]
    [InlineData("run --to desk:0 --camera 0", "--to 'desk:0' is not a receiver: HOST, HOST:PORT or [IPV6]:PORT is, with a port of 1 to 65535.")]
    [InlineData("run --to desk --camera sim:middle", "--camera 'sim:middle' cannot be used: an index such as 0, a model such as imx708, a part of an id path such as i2c@88000, a USB camera such as /dev/video0, sim:left and sim:right can.")]
    [InlineData("run --to desk --camera 0 --camera 0", "--camera 0 is given twice: a camera can be driven by one program at a time.")]
    [InlineData("run --to desk --camera 0 --node Pi.Garden", "--node 'Pi.Garden' cannot be a name: 1 to 32 of the characters a-z, 0-9 and - can, such as pi-garden.")]
    [InlineData("run --to desk --camera 0 --mode photo", "--mode 'photo' cannot be: video or timelapse can.")]
    [InlineData("run --to desk --camera 0 --spool never", "--spool 'never' cannot be: always, auto or off can.")]
    [InlineData("run --to desk --camera 0 --spool-full wait", "--spool-full 'wait' cannot be: stop or drop-oldest can.")]
    [InlineData("run --to desk --camera 0 --spool-max 0", "--spool-max 0 is outside 0.001 to 1000000000 MB; --spool off keeps nothing.")]
    [InlineData("run --to desk --camera 0 --peer tls", "--peer 'tls' cannot be: auto, acks or recipe can.")]
    [InlineData("run --to desk --camera 0 --width 641", "--width 641 --height 480 is no picture: both must be even, 16 to 9152.")]
    [InlineData("run --to desk --camera 0 --width wide", "--width 'wide' is not a whole number. `agent run --help` shows what is allowed.")]
    [InlineData("run --to desk --camera 0 --framerate 0", "--framerate 0 is outside 0.01 to 1000 pictures a second.")]
    [InlineData("run --to desk --camera 0 --quality 101", "--quality 101 is outside 1 to 100.")]
    [InlineData("run --to desk --camera 0 --seconds 0", "--seconds 0 is no time to run for: give a number above 0, or leave it out to run until stopped.")]
    [InlineData("run --to desk --camera 0 --drain -1", "--drain -1 is outside 0 to 86400 seconds.")]
    [InlineData("run --to desk --camera 0 --report 0", "--report 0 is outside 0.01 to 86400 seconds.")]
    [InlineData("run --to desk --camera 0 --mode timelapse --sync server", "--sync is for a film: a timelapse takes its pictures one by one, each by a program of its own. Leave it out, or give --mode video.")]
    [InlineData("run --to desk --camera 0 --sync both", "--sync 'both' is not off, server or client. `agent run --help` shows what is allowed.")]
    [InlineData("run --to desk --camera 0 --colour", "Unrecognized command or argument '--colour'. `agent run --help` shows what is allowed.")]
    [InlineData("", "Required command was not provided. `agent --help` shows what is allowed.")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string arguments, string sentence)
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Equal(sentence, agent.Said);
    }

    [Fact]
    public async Task Help_has_an_example()
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, ["run", "--help"]);
        var (exitCode, help) = await agent.EndsAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("agent run --to 192.168.1.20:8000 --camera 0", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_can_stand_in_the_environment_and_the_command_line_wins()
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-vid", CameraFolder.Write("started", "$arguments") + CameraFolder.Forever);
        await using var agent = AgentProcess.Start(folder.SearchPath, ["run", "--height", "600", "--camera", "3"], executable: null,
            ("PISTEREOLINK_Agent__To", "127.0.0.1:1"), ("PISTEREOLINK_Agent__Node", "shed"), ("PISTEREOLINK_Agent__State", folder.State),
            ("PISTEREOLINK_Agent__Cameras__0", "1"), ("PISTEREOLINK_Agent__Cameras__1", "2"), ("PISTEREOLINK_Agent__Width", "800"),
            ("PISTEREOLINK_Agent__Height", "16"), ("PISTEREOLINK_Agent__Framerate", "7.5"), ("PISTEREOLINK_Agent__Quality", "33"),
            ("PISTEREOLINK_Agent__Mode", "video"), ("PISTEREOLINK_Agent__Seconds", "600"), ("PISTEREOLINK_Agent__Drain", "0"));
        Assert.Contains("Node shed, run 1: 1 camera(s) to 127.0.0.1:1 (unencrypted).", await agent.SaysAsync("Node"), StringComparison.Ordinal);
        Assert.StartsWith("-t 0 -n --codec mjpeg -q 33 --width 800 --height 600 --framerate 7.5 --flush -o - --camera 3", await folder.FileAsync("started"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_in_the_environment_that_cannot_be_read_is_wrong_usage()
    {
        using var folder = new CameraFolder();
        await using var agent = AgentProcess.Start(folder.Root, ["run"], executable: null, ("PISTEREOLINK_Agent__Width", "wide"));
        Assert.Equal((2, ""), await agent.EndsAsync());
        Assert.Contains("'wide' at 'Agent:Width'", agent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_can_stand_in_the_file_and_the_environment_wins()
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-vid", CameraFolder.Write("started", "$arguments") + CameraFolder.Forever);
        var agentFolder = Directory.CreateDirectory(Path.Combine(folder.Root, "agent")).FullName;
        var built = Programs.Path("PiStereoLink.Agent");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(built)!))
            File.Copy(file, Path.Combine(agentFolder, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(agentFolder, "appsettings.json"), $$"""
            { "Agent": { "To": "127.0.0.1:1", "Node": "shed", "State": "{{folder.State}}", "Cameras": [ "4" ], "Width": 800, "Quality": 12, "Drain": 0 } }
            """, TestContext.Current.CancellationToken);
        await using var agent = AgentProcess.Start(folder.SearchPath, ["run"], Path.Combine(agentFolder, Path.GetFileName(built)), ("PISTEREOLINK_Agent__Quality", "21"));
        Assert.StartsWith("-t 0 -n --codec mjpeg -q 21 --width 800 --height 480 --framerate 30 --flush -o - --camera 4", await folder.FileAsync("started"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_counts_every_start_even_after_a_kill()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();      // it ends by itself when the agent is killed: nobody reads any more
        var runs = new List<uint>();
        foreach (var signal in new[] { AgentProcess.SigKill, AgentProcess.SigInt, AgentProcess.SigInt })
        {
            using var receiver = new RecipeReceiver();
            await using var agent = folder.Run(receiver.Port, "--drain", "0");
            using var stream = await receiver.AcceptAsync();
            var stamp = Stamped.Of((await stream.ReadAsync(1))[0]);
            runs.Add(stamp.Identity.Run);
            stream.Dispose();
            agent.Signal(signal);
            await agent.EndsAsync();
        }
        Assert.Equal([1u, 2, 3], runs);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_state_folder_is_refused()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        await using var first = folder.Run(FreePort.Take(), "--drain", "0");
        await first.SaysAsync("Node");
        await using var second = folder.Run(FreePort.Take());
        Assert.Equal((1, ""), await second.EndsAsync());
        Assert.Equal($"Another agent is using the state folder {folder.State}. Stop it, or give this one its own with --state DIR.", second.Said);
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_is_one_sentence()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        await using var agent = AgentProcess.Start(folder.SearchPath, ["run", "--to", "desk", "--camera", "0", "--state", "/proc/nowhere"]);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.StartsWith("The state folder /proc/nowhere cannot be written: ", agent.Said, StringComparison.Ordinal);
    }
}
