using System.Runtime.InteropServices;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>What stands in the way of a deploy is said in one sentence with the next step, before anything was changed.</summary>
public sealed class FailureTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    [Theory]
    [InlineData("printf 'QEMU Virtual Machine\\0' >/sys/firmware/devicetree/base/model", "printf 'Raspberry Pi 4 Model B Rev 1.4\\0' >/sys/firmware/devicetree/base/model",
        "raspberrypi is not a Raspberry Pi (QEMU Virtual Machine)", "--any-machine")]
    [InlineData("fake uname '[ \"$1\" != -m ] || { echo armv6l; exit; }; exec /usr/bin/uname \"$@\"'", "rm /usr/local/bin/uname", "has an ARMv6 processor", "Use a Pi 2 or newer")]
    [InlineData("mount -t tmpfs -o size=64m small /opt", "umount /opt", "MB free under /opt, and 350 MB are needed", "sudo apt clean")]
    [InlineData("fake date '[ \"$1\" != +%s ] || { echo 86400; exit; }; exec /usr/bin/date \"$@\"'", "rm /usr/local/bin/date", "shows 1970-01-02 00:00 UTC", "sudo timedatectl set-ntp true")]
    [InlineData("fake rpicam-still 'echo No cameras available!'", "rm /usr/local/bin/rpicam-still", "rpicam-still finds no camera on raspberrypi", "look at the cable")]
    [InlineData("fake rpicam-still 'echo No cameras available!'; mv /boot/firmware/config.txt /boot/firmware/was; echo camera_auto_detect=0 >/boot/firmware/config.txt",
        "rm /usr/local/bin/rpicam-still; mv /boot/firmware/was /boot/firmware/config.txt", "it is switched off", "--enable-camera")]
    [InlineData("setsid rpicam-vid -t 0 -n --codec mjpeg --width 320 --height 240 -o /dev/null >/dev/null 2>&1 </dev/null & until pgrep -f 'rpicam-vid -t 0' >/dev/null; do :; done", "pkill -f 'rpicam-vid -t 0'",
        "The camera of raspberrypi is busy: process", "(rpicam-vid) has it")]
    [InlineData("for name in rpicam-still libcamera-still; do mv /usr/bin/$name /usr/bin/.$name; done", "for name in rpicam-still libcamera-still; do mv /usr/bin/.$name /usr/bin/$name; done", "There is no camera program on raspberrypi", "sudo apt install rpicam-apps")]
    public async Task What_is_the_matter_with_the_Pi_is_said(string spoil, string mend, string cause, string step)
    {
        var desk = await shared.DeskAsync();
        await desk.RunAsync("deploy", "--check");       // a first login leaves its own files
        var before = await desk.Pi.FilesAsync();
        // A program of the same name that is found before the real one.
        const string Fake = "fake() { printf '#!/bin/sh\\n%s\\n' \"$2\" >/usr/local/bin/$1; chmod 755 /usr/local/bin/$1; }\n";
        await desk.Pi.OnPiAsync(Fake + spoil);
        try
        {
            Failed(await desk.DeployAsync(), cause, step);
        }
        finally
        {
            await desk.Pi.OnPiAsync(mend);
        }
        Assert.Equal(before, await desk.Pi.FilesAsync());
    }

    [Fact]
    public async Task A_camera_that_is_taken_between_the_look_and_the_picture_is_busy_too()
    {
        var desk = await shared.DeskAsync();
        await desk.Pi.OnPiAsync("printf '#!/bin/sh\\n[ \"$1\" = --list-cameras ] && exec /usr/bin/rpicam-still \"$@\"\\necho \"ERROR: *** failed to acquire camera ***\" >&2; exit 255\\n' >/usr/local/bin/rpicam-still; chmod 755 /usr/local/bin/rpicam-still");
        try
        {
            Failed(await desk.RunAsync("deploy", "--agent", Desk.Agent, "--test-shot", Path.Combine(desk.Pi.Scratch, "busy.jpg")), "The camera of raspberrypi is busy", "end the other one there");
        }
        finally
        {
            await desk.Pi.OnPiAsync("rm /usr/local/bin/rpicam-still");
        }
    }

    [Fact]
    public async Task A_camera_that_is_switched_off_is_switched_on_and_a_reboot_is_asked_for()
    {
        var desk = await shared.DeskAsync();
        await desk.Pi.OnPiAsync("cp -a /boot/firmware/config.txt /boot/firmware/was; printf 'dtparam=audio=on\\n' >/boot/firmware/config.txt; printf '#!/bin/sh\\necho No cameras available!\\n' >/usr/local/bin/rpicam-still; chmod 755 /usr/local/bin/rpicam-still");
        try
        {
            Failed(await desk.DeployAsync("--enable-camera"), "is switched on in /boot/firmware/config.txt now", "sudo reboot");
            Assert.Equal("dtparam=audio=on\n\n[all]\ncamera_auto_detect=1\n", await desk.Pi.OnPiAsync("cat /boot/firmware/config.txt"));
        }
        finally
        {
            await desk.Pi.OnPiAsync("rm /usr/local/bin/rpicam-still; mv /boot/firmware/was /boot/firmware/config.txt");
        }
    }

    [Fact]
    public async Task A_receiver_that_has_another_Pi_of_that_name_refuses_and_says_so()
    {
        var desk = await shared.DeskAsync();
        var other = Path.Combine(Directory.CreateDirectory(Path.Combine(desk.State, "paired")).FullName, "raspberrypi");
        await File.WriteAllTextAsync(other, new string('A', 43) + "\n", TestContext.Current.CancellationToken);
        try
        {
            Failed(await desk.DeployAsync(), "raspberrypi.local was not paired", "receiver revoke raspberrypi");
        }
        finally
        {
            File.Delete(other);
            Assert.Equal(0, (await desk.RunAsync("undeploy")).ExitCode);
        }
    }

    [Fact]
    public async Task A_receiver_that_the_Pi_does_not_reach_is_said_with_the_way_that_was_tried()
    {
        var desk = await shared.DeskAsync();
        Failed(await desk.DeployAsync("--receiver", TestPi.NobodysAddress), $"cannot reach the receiver on this machine at", $"{TestPi.NobodysAddress}, port 8443", "firewall");
    }

    [Fact]
    public async Task Without_a_receiver_here_nothing_is_begun()
    {
        var desk = await shared.DeskAsync();
        var empty = Path.Combine(desk.Pi.Scratch, "empty");
        Failed(await desk.Pi.AtDeskAsync(Programs.Path("PiStereoLink.Receiver"), "setup", "deploy", TestPi.Destination, "--state", empty), "No receiver runs on this machine", "./pistereolink receiver serve");
    }

    [Fact]
    public async Task What_is_the_matter_with_the_login_is_said()
    {
        var desk = await shared.DeskAsync();
        Failed(await desk.WithoutPasswordAsync("deploy", $"{TestPi.Destination}:2222"), "its SSH port (2222) is closed", "Switch SSH on");
        Assert.Equal(0, (await desk.RunAsync("deploy", "--check")).ExitCode);       // the host key is known from here on
        Failed(await desk.WithoutPasswordAsync("deploy", TestPi.Destination), "takes none of this machine's keys", "ssh-setup");
        Failed(await desk.Pi.WithPasswordAsync("wrong", Programs.Path("PiStereoLink.Receiver"), "setup", "deploy", TestPi.Destination, "--state", desk.State), "refuses the password", "Try again");
    }

    [Fact]
    public async Task A_Pi_without_NET_is_said_and_one_can_be_brought_along()
    {
        var desk = await shared.DeskAsync();
        const string Hidden = "for folder in /usr/share/dotnet /usr/lib/dotnet; do [ ! -d $folder ] || {0}; done";
        await desk.Pi.OnPiAsync(Hidden.Replace("{0}", "mount -t tmpfs none $folder", StringComparison.Ordinal));
        try
        {
            Failed(await desk.DeployAsync("--camera", "/dev/video0"), "has no .NET 10 where a service could use it", "--runtime FILE.tar.gz");
        }
        finally
        {
            await desk.Pi.OnPiAsync(Hidden.Replace("{0}", "umount $folder", StringComparison.Ordinal));
        }
        var (archive, root) = (Path.Combine(desk.Pi.Scratch, "runtime.tar.gz"), Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        await File.WriteAllTextAsync(archive, "no archive", TestContext.Current.CancellationToken);
        Failed(await desk.DeployAsync("--runtime", archive), "Unpacking the .NET runtime failed", "no whole .tar.gz");
        Assert.Equal(0, (await Tool.RunAsync("tar", "-czf", archive, "-C", root, "dotnet", "host", "shared/Microsoft.NETCore.App")).ExitCode);
        try
        {
            var deployed = await desk.DeployAsync("--runtime", archive);
            Assert.True(deployed.ExitCode == 0, deployed.Errors);
            Assert.Contains("exec /opt/pistereolink/dotnet/dotnet ", await desk.Pi.OnPiAsync("cat /opt/pistereolink/agent/PiStereoLink.Agent"), StringComparison.Ordinal);
            Assert.Contains("Nothing to do", (await desk.DeployAsync()).Errors, StringComparison.Ordinal);
        }
        finally
        {
            await desk.RunAsync("undeploy");
        }
    }

    [Fact]
    public async Task An_upgrade_of_nothing_is_a_deploy()
    {
        var desk = await shared.DeskAsync();
        Failed(await desk.RunAsync("upgrade", "--agent", Desk.Agent), "There is no agent on raspberrypi that could be upgraded", "./pistereolink deploy pi@raspberrypi.local");
    }

    [Theory]
    [InlineData("--set", "Framerate", "NAME=VALUE is needed")]
    [InlineData("--node", "Garden", "such as garden")]
    [InlineData("--camera", "a\nb", "line ends")]
    public async Task Wrong_usage_is_said_before_anybody_is_called(string option, string value, string sentence)
    {
        var desk = await shared.DeskAsync();
        var outcome = await desk.RunAsync("deploy", option, value);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
    }

    private static void Failed(Tool.Outcome outcome, params string[] parts)
    {
        Assert.Equal(1, outcome.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, outcome.Errors, StringComparison.Ordinal));
        TestContext.Current.SendDiagnosticMessage(outcome.Errors);
    }
}
