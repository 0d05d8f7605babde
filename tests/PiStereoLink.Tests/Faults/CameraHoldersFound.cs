using PiStereoLink.Agent;
using PiStereoLink.Tests.Agent;
using PiStereoLink.Tests.Doctor;

namespace PiStereoLink.Tests.Faults;

public class CameraHoldersFound
{
    [Fact]
    public void Who_has_a_camera_open_is_named_with_its_user_and_how_to_stop_it()
    {
        using var pi = new MadeUpPi();
        pi.Process(812, ["/usr/bin/motion", "-n"], uid: 115, service: "motion.service", open: ["/dev/null", "/dev/video0"]);
        pi.Process(900, ["/usr/bin/bash"], uid: 1000, open: ["/dev/pts/0"]);
        pi.Write("etc/passwd", "root:x:0:0::/root:/bin/sh\nmotion:x:115:120::/:/usr/sbin/nologin\n");
        Assert.Equal("Another program is using the camera: motion (process 812, user motion). Stop it with `sudo systemctl stop motion.service`.", new CameraHolders(pi.Root).Sentence());
    }

    [Fact]
    public void Of_one_whose_files_are_not_to_be_seen_the_name_tells()
    {
        using var pi = new MadeUpPi();
        pi.Process(77, ["rpicam-vid", "-t", "0"], uid: 0);
        pi.Process(78, ["/usr/bin/python3", "/home/pi/picamera2_stream.py"], uid: 0);
        pi.Write("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        Assert.StartsWith("Another program is using the camera: probably rpicam-vid (process 77, user root) or python3 (process 78, user root). Stop it with `",
            new CameraHolders(pi.Root).Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_accused_where_nobody_is_seen()
    {
        using var pi = new MadeUpPi();
        pi.Process(900, ["/usr/bin/bash"], uid: 1000, open: ["/dev/pts/0"]);
        Assert.Null(new CameraHolders(pi.Root).Sentence());
    }

    /// <summary>Two agents, one camera, a real lock.</summary>
    [Fact]
    public async Task A_second_agent_names_the_program_of_the_first_and_takes_over_when_it_ends()
    {
        using var mine = new CameraFolder();
        using var theirs = new CameraFolder();
        using var receiver = new RecipeReceiver();
        var devices = ("PISTEREOLINK_SIM_DEVICES", Path.Combine(mine.Root, "dev"));
        await using var first = FaultScenario.Run(theirs, receiver.Port, "", devices);
        using var one = await receiver.AcceptAsync();
        await one.ReadAsync(1);

        await using var second = FaultScenario.Run(mine, receiver.Port, "", devices);
        var holder = Assert.Single(Family.Of(theirs), process => process.Contains("PiStereoLink.Si", StringComparison.Ordinal)).Split(' ')[0];
        Assert.Contains($"Another program is using the camera: PiStereoLink.SimulatedCamera (process {holder}, user {Environment.UserName}). Stop it with `kill {holder}`.",
            await second.SaysAsync("Starting it again"), StringComparison.Ordinal);
        one.Dispose();
        await first.StopsAsync();
        using var other = await receiver.AcceptAsync();
        await other.ReadAsync(1);
    }
}
