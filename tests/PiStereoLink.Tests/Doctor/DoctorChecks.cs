using System.Net;
using System.Net.Sockets;
using PiStereoLink.Agent;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Doctor;

/// <summary>Each check on a machine of the test's own.</summary>
public sealed class DoctorChecks : IDisposable
{
    private readonly MadeUpPi pi = new();

    private Machine Machine => pi.Machine;

    public void Dispose() => pi.Dispose();

    private static void Is(Verdict verdict, string found, Finding finding)
    {
        Assert.Equal((verdict, finding.Found), (finding.Verdict, finding.Found));
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        Assert.True(finding.ToDo is not null || verdict is Verdict.Ok or Verdict.Unknown, "no next step");
    }

    [Fact]
    public void A_board_is_named_with_its_memory()
    {
        pi.Write("proc/meminfo", "MemTotal:        3884376 kB\nMemFree: 1 kB\n");
        Is(Verdict.Ok, "Raspberry Pi 4 Model B Rev 1.4, 3793 MB of memory", BoardCheck.Look(Machine));
        pi.Write("proc/meminfo", "MemTotal:         250000 kB\n");
        Is(Verdict.Warning, "244 MB", BoardCheck.Look(Machine));
        using var desk = new MadeUpPi("");
        Is(Verdict.Warning, "not a Raspberry Pi", BoardCheck.Look(desk.Machine));
    }

    [Theory]
    [InlineData("0", Verdict.Ok, "No low voltage")]
    [InlineData("50005", Verdict.Fail, "Now the voltage is too low, the processor is throttled.")]
    [InlineData("50000", Verdict.Warning, "Since the last boot: the voltage is too low, the processor is throttled.")]
    [InlineData("8", Verdict.Fail, "Now the soft temperature limit is reached.")]
    public async Task The_firmware_tells_of_low_voltage_now_and_since_the_boot(string bits, Verdict verdict, string found)
    {
        pi.Program("vcgencmd", $"throttled=0x{bits}");
        Is(verdict, found, await PowerCheck.LookAsync(Machine));
        pi.Program("vcgencmd", "throttled=0x0");
        pi.Write("sys/devices/platform/soc/soc:firmware/get_throttled", bits + "\n");
        Is(verdict, found, await PowerCheck.LookAsync(Machine));
    }

    [Theory]
    [InlineData("48312", Verdict.Ok, "48 degrees")]
    [InlineData("82000", Verdict.Warning, "82 degrees")]
    public void Heat_is_told(string milli, Verdict verdict, string found)
    {
        pi.Write("sys/class/thermal/thermal_zone0/temp", milli);
        Is(verdict, found, PowerCheck.LookAtTemperature(Machine));
    }

    [Fact]
    public void The_system_is_named()
    {
        pi.Write("etc/os-release", "ID=debian\nPRETTY_NAME=\"Raspbian GNU/Linux 11 (bullseye)\"\n");
        pi.Write("proc/sys/kernel/osrelease", "6.12.25+rpt-rpi-v8\n");
        Is(Verdict.Ok, "Raspbian GNU/Linux 11 (bullseye), kernel 6.12.25+rpt-rpi-v8, agent for ", SystemCheck.Look(Machine));
    }

    [Fact]
    public async Task Camera_programs_are_told_with_their_version_and_what_is_missing()
    {
        Is(Verdict.Fail, "None of rpicam-vid", await ProgramsCheck.LookAsync(Machine));
        pi.Program("rpicam-vid", "rpicam-apps build: v1.5.3 12-11-2024 (12:00:00)\nlibcamera build: v0.3.2+99-1230f78d");
        Is(Verdict.Warning, "rpicam-still is missing", await ProgramsCheck.LookAsync(Machine));
        pi.Program("rpicam-still", "rpicam-apps build: v1.5.3 12-11-2024 (12:00:00)\nlibcamera build: v0.3.2+99-1230f78d");
        Is(Verdict.Ok, $"{pi.At("bin/rpicam-still")}, rpicam-apps build: v1.5.3 12-11-2024 (12:00:00), libcamera build: v0.3.2", await ProgramsCheck.LookAsync(Machine));
    }

    [Theory]
    [InlineData("rpicam-vid", "camera_auto_detect=1", Verdict.Ok, "libcamera")]
    [InlineData("rpicam-vid", "#camera_auto_detect=1\ndtoverlay=imx708,cam0", Verdict.Ok, "libcamera")]
    [InlineData("rpicam-vid", "camera_auto_detect=0", Verdict.Warning, "no camera is looked for")]
    [InlineData("rpicam-vid", "camera_auto_detect=1\n[pi4]\n  start_x=1", Verdict.Fail, "switches the legacy camera stack on")]
    [InlineData("raspivid", "start_x=1\ngpu_mem=128", Verdict.Ok, "legacy")]
    [InlineData("raspivid", "camera_auto_detect=1", Verdict.Fail, "does not switch the legacy camera stack on")]
    public void Config_txt_must_fit_the_programs(string program, string config, Verdict verdict, string found)
    {
        pi.Program(program, "");
        foreach (var place in new[] { "boot/config.txt", "boot/firmware/config.txt" })
        {
            pi.Write(place, config + "\n");
            Is(verdict, found, ProgramsCheck.LookAtStack(Machine));
            Assert.Contains($"/{place}", ProgramsCheck.LookAtStack(Machine).Found, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Available cameras\n-----------------\n0 : imx708 [4608x2592 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx708@1a)", Verdict.Ok, "0 imx708 (/base/soc/i2c0mux/i2c@1/imx708@1a)")]
    [InlineData("No cameras available!", Verdict.Fail, "No camera was found.")]
    public async Task Cameras_are_those_that_the_program_lists(string list, Verdict verdict, string found)
    {
        Is(Verdict.Unknown, "No camera program", await CamerasCheck.LookAsync(Machine, TimeProvider.System, TestContext.Current.CancellationToken));
        pi.Program("rpicam-still", list);
        Is(verdict, found, await CamerasCheck.LookAsync(Machine, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("supported=1 detected=1", Verdict.Ok)]
    [InlineData("supported=1 detected=0", Verdict.Fail)]
    public async Task Where_the_programs_have_no_list_the_firmware_is_asked(string answer, Verdict verdict)
    {
        pi.Program("raspistill", "");
        pi.Program("vcgencmd", answer);
        Is(verdict, answer, await CamerasCheck.LookAsync(Machine, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Who_holds_a_camera_is_a_warning_unless_it_is_the_service_itself()
    {
        Is(Verdict.Ok, "Nobody", CamerasCheck.LookAtHolders(Machine));
        pi.Process(70, ["/usr/bin/rpicam-vid"], 0, service: "pistereolink-agent.service", open: ["/dev/media0"]);
        Is(Verdict.Ok, "rpicam-vid (process 70) has /dev/media0 open, for pistereolink-agent.service.", CamerasCheck.LookAtHolders(Machine));
        pi.Process(71, ["/usr/bin/motion"], 0, service: "motion.service", open: ["/dev/video0"]);
        Is(Verdict.Warning, "motion (process 71) has /dev/video0 open", CamerasCheck.LookAtHolders(Machine));
    }

    [Fact]
    public void Devices_that_this_user_may_not_use_are_named_with_the_groups_that_may()
    {
        pi.Write("dev/video0", "");
        pi.Write("dev/dma_heap/linux,cma", "");
        pi.Write("dev/gpiochip0", "");
        pi.Write("proc/self/status", "Name:\tagent\nGroups:\t44 1000 \n");
        pi.Write("etc/group", "video:x:44:pi\nrender:x:105:\ngpio:x:993:\npi:x:1000:\n");
        Is(Verdict.Ok, ", in video", PermissionsCheck.Look(Machine));
        pi.Refused.Add("dev/gpiochip0");
        Is(Verdict.Warning, "may not use /dev/gpiochip0, which LEDs need", PermissionsCheck.Look(Machine));
        Assert.Contains("usermod -aG video,gpio ", PermissionsCheck.Look(Machine).ToDo, StringComparison.Ordinal);
        pi.Refused.Add("dev/dma_heap/linux,cma");
        Is(Verdict.Fail, "may not use /dev/dma_heap/linux,cma", PermissionsCheck.Look(Machine));
    }

    [Theory]
    [InlineData("ext4 rw,noatime", 8_000_000_000, "100000 200000", Verdict.Ok, "on ext4, 8000 MB free")]
    [InlineData("ext4 ro,noatime", 8_000_000_000, "100000 200000", Verdict.Fail, "mounted read-only")]
    [InlineData("ext4 rw", 50_000_000, "100000 200000", Verdict.Fail, "50 MB free")]
    [InlineData("ext4 rw", 300_000_000, "100000 200000", Verdict.Warning, "300 MB free")]
    [InlineData("ext4 rw", 8_000_000_000, "12 200000", Verdict.Warning, "room for only 12 more files")]
    [InlineData("vfat rw", 8_000_000_000, "0 0", Verdict.Ok, "on vfat")]
    [InlineData("tmpfs rw,size=1024k", 8_000_000_000, "100000 200000", Verdict.Warning, "may be gone after the next boot")]
    [InlineData("overlay rw", 8_000_000_000, "100000 200000", Verdict.Warning, "may be gone after the next boot")]
    public async Task The_state_folder_needs_room_that_lasts(string mount, long free, string inodes, Verdict verdict, string found)
    {
        var words = mount.Split(' ');
        pi.Write("proc/mounts", $"/dev/root / btrfs rw 0 0\nproc /proc proc rw 0 0\n/dev/sda1 {pi.Root} {words[0]} {words[1]} 0 0\n");
        pi.Program("stat", inodes);
        Is(verdict, found, await DiskCheck.LookAsync(Machine, pi.At("not/yet/there"), _ => free));
    }

    [Theory]
    [InlineData("off", 100, Verdict.Ok, "Nothing is written for the spool, --spool off")]
    [InlineData("always", 100, Verdict.Ok, "0.37 GB a day for the spool, reckoned: 1440 pictures of some 240 kB a day by the settings: over 100 years if the card bears 30.0 TB, 300 times its size")]
    [InlineData("always", 1, Verdict.Warning, "2.2 years if the card bears 0.3 TB")]
    [InlineData("auto", 1, Verdict.Ok, "At most 0.37 GB a day for the spool, were the link down all the time: 1440 pictures")]
    public void Before_the_agent_has_run_the_cards_wear_is_reckoned_from_its_settings(string spool, double gigabytes, Verdict verdict, string found)
    {
        var mode = new AgentOptions { Spool = spool }.SpoolMode;
        Is(verdict, found, WearCheck.Look(pi.At("not/yet/there"), new SpoolPlan(mode, FramesPerDay: 1440, FrameBytes: 240_000), _ => (long)(gigabytes * 1e9)));
    }

    [Theory]
    [InlineData(3600, 360_000_000, 1200, Verdict.Warning, "9.04 GB a day for the spool, as in the 1.0 h of the agent's last run: 2.9 years if the card bears 9.6 TB, 300 times its size")]
    [InlineData(3600, 36_000_000_000, 120_000, Verdict.Warning, "less than a year, 0.0 years")]
    [InlineData(3600, 0, 0, Verdict.Ok, "Nothing is written for the spool, as in the 1.0 h of the agent's last run")]
    [InlineData(60, 360_000_000, 1200, Verdict.Ok, "--spool off")]      // a minute tells nothing
    public void What_the_agent_has_written_goes_before_what_it_would(double uptime, long bytes, long files, Verdict verdict, string found)
    {
        pi.Write("state/status.json", FormattableString.Invariant($$"""{"uptimeSeconds":{{uptime}},"spoolBytesWritten":{{bytes}},"spoolFilesWritten":{{files}}}"""));
        Is(verdict, found, WearCheck.Look(pi.At("state"), SpoolPlan.Of(new AgentOptions { Spool = "off" }), _ => 32_000_000_000));
    }

    [Fact]
    public void The_settings_say_how_many_pictures_there_would_be_and_about_how_large()
    {
        var options = new AgentOptions { Mode = "timelapse", Interval = 60 };
        options.Cameras.Add("0");
        options.Cameras.Add("1");
        Assert.Equal((SpoolMode.Always, 2880), (SpoolPlan.Of(options).Mode, SpoolPlan.Of(options).FramesPerDay));
        var film = SpoolPlan.Of(new AgentOptions());
        Assert.Equal((SpoolMode.AutoForKnown, 30.0 * 86400), (film.Mode, film.FramesPerDay));
        Assert.InRange(film.FrameBytes, 40_000, 46_000);        // 640x480
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"uptimeSeconds\":\"x\"}")]
    public void A_status_that_cannot_be_read_hides_nothing(string status)
    {
        pi.Write("state/status.json", status);
        Is(Verdict.Ok, "--spool off", WearCheck.Look(pi.At("state"), SpoolPlan.Of(new AgentOptions { Spool = "off" }), _ => 32_000_000_000));
    }

    [Fact]
    public async Task A_state_folder_that_is_somebody_elses_is_told()
    {
        pi.Write("state/lock", "");
        pi.Refused.Add("state");
        Is(Verdict.Fail, "this user may not write there", await DiskCheck.LookAsync(Machine, pi.At("state"), _ => long.MaxValue));
    }

    [Fact]
    public void A_clock_that_nobody_has_set_is_a_warning_and_one_in_the_past_a_fault()
    {
        Is(Verdict.Ok, "the board has no clock of its own, set by a time server", ClockCheck.Look(Machine, new At(2026)));
        pi.ClockIsSet = false;
        pi.Write("sys/class/rtc/rtc0/name", "rpi-rtc");
        Is(Verdict.Warning, "the board has a clock of its own; no time server has set it.", ClockCheck.Look(Machine, new At(2026)));
        pi.Write("run/systemd/timesync/synchronized", "");
        Is(Verdict.Ok, "set by a time server", ClockCheck.Look(Machine, new At(2026)));
        Is(Verdict.Fail, "1970-01-01 00:00:00 UTC", ClockCheck.Look(Machine, new At(1970)));
    }

    [Fact]
    public async Task Wi_Fi_that_saves_power_or_is_weak_is_a_warning()
    {
        Is(Verdict.Ok, "has none", await WifiCheck.LookAsync(Machine));
        pi.Write("sys/class/net/eth0/operstate", "up\n");
        pi.Write("sys/class/net/wlan0/wireless/status", "");
        pi.Write("sys/class/net/wlan0/operstate", "down\n");
        Is(Verdict.Ok, "wlan0 is not connected", await WifiCheck.LookAsync(Machine));
        pi.Write("sys/class/net/wlan0/operstate", "up\n");
        Signal(-52);
        Is(Verdict.Unknown, "wlan0, signal -52 dBm; whether it saves power is not known", await WifiCheck.LookAsync(Machine));
        pi.Program("iw", "Power save: on");
        Is(Verdict.Warning, "power save is on", await WifiCheck.LookAsync(Machine));
        pi.Program("iw", "Power save: off");
        Is(Verdict.Ok, "wlan0, signal -52 dBm, power save is off", await WifiCheck.LookAsync(Machine));
        Signal(-82);
        Is(Verdict.Warning, "signal -82 dBm: weak", await WifiCheck.LookAsync(Machine));
    }

    [Fact]
    public async Task A_receiver_is_reached_without_a_byte_or_the_reason_is_told()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var port = ((IPEndPoint)receiver.LocalEndpoint).Port;
        var reached = await LookAsync($"127.0.0.1:{port}");
        Is(Verdict.Ok, $"127.0.0.1:{port} answers after ", reached);
        Assert.EndsWith(" ms, from 127.0.0.1", reached.Found, StringComparison.Ordinal);
        using (var visit = await receiver.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
            Assert.Equal(0, await visit.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        receiver.Stop();
        Is(Verdict.Fail, $"127.0.0.1:{port}: connection refused.", await LookAsync($"127.0.0.1:{port}"));
        Is(Verdict.Fail, "'http://desk' is not a receiver.", await LookAsync("http://desk"));
        Is(Verdict.Unknown, "No receiver is given.", await LookAsync(null));

        static Task<Finding> LookAsync(string? to) => ReceiverCheck.LookAsync(to, stateFolder: null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_paired_Pi_looks_for_its_receiver_where_it_was_paired_and_at_the_TLS_port()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var at = new ReceiverAddress("127.0.0.1", ((IPEndPoint)receiver.LocalEndpoint).Port);
        Is(Verdict.Unknown, "No receiver is given.", await LookAsync(null));
        Directory.CreateDirectory(pi.At("state"));
        using var key = Trust.Keys.Made();
        new Pairing(at, PiStereoLink.Protocol.Pin.Of(key), "garden").Keep(pi.At("state"));
        var reached = await LookAsync(null);
        Is(Verdict.Ok, $"{at} answers after ", reached);
        Assert.EndsWith(" ms, from 127.0.0.1; paired as garden", reached.Found, StringComparison.Ordinal);
        Assert.StartsWith("127.0.0.9:8443", (await LookAsync("127.0.0.9")).Found, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(pi.At("state"), "paired-receiver"), "nonsense");
        Is(Verdict.Fail, "With whom this Pi is paired cannot be read", await LookAsync(null));

        Task<Finding> LookAsync(string? to) => ReceiverCheck.LookAsync(to, pi.At("state"), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("LoadState=not-found", Verdict.Ok, "not installed as a service")]
    [InlineData("Type=notify\nNRestarts=2\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled", Verdict.Ok, "is active (running), Type=notify, restarted 2 times")]
    [InlineData("Type=notify\nNRestarts=0\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=disabled", Verdict.Warning, "does not start with the system")]
    [InlineData("Type=notify\nNRestarts=9\nLoadState=loaded\nActiveState=failed\nSubState=failed\nUnitFileState=enabled", Verdict.Fail, "is failed")]
    public async Task The_service_is_told_as_systemd_sees_it(string answer, Verdict verdict, string found)
    {
        Is(Verdict.Unknown, "systemd does not run here", await ServiceCheck.LookAsync(Machine));
        Directory.CreateDirectory(pi.At("run/systemd/system"));
        pi.Program("systemctl", answer);
        Is(verdict, found, await ServiceCheck.LookAsync(Machine));
    }

    [Fact]
    public void An_LED_that_cannot_be_switched_is_no_fault()
    {
        using var board = new Led.LedFixture("Raspberry Pi 4 Model B Rev 1.4");
        Is(Verdict.Ok, "The camera's LED cannot be switched here", LedCheck.Look(board.Leds));
    }

    private void Signal(int dbm) => pi.Write("proc/net/wireless",
        $"Inter-| sta-|   Quality        |   Discarded packets\n face | tus | link level noise |  nwid  crypt\n wlan0: 0000   58.  {dbm}.  -256        0      0\n");

    private sealed class At(int year) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
