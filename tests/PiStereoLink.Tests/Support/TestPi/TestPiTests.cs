namespace PiStereoLink.Tests;

/// <summary>What other tests build on: that their Pi is one, and leaves nothing.</summary>
public sealed class TestPiTests
{
    [Fact]
    public async Task It_calls_itself_a_Pi_and_has_a_camera_of_its_time()
    {
        await using var pi = await TestPi.StartAsync(new() { Generation = "bullseye", Model = "Raspberry Pi 3 Model B Rev 1.2" });
        Assert.Equal("raspberrypi 11 Raspberry Pi 3 Model B Rev 1.2\n", await pi.OnPiAsync(". /etc/os-release; echo $(hostname) $VERSION_ID $(tr -d '\\0' </sys/firmware/devicetree/base/model)"));
        Assert.Equal("FFD8\n", await pi.OnPiAsync("cd /tmp; runuser -u pi -- libcamera-still -n -t 1 --width 320 --height 240 -o test.jpg 2>/dev/null; head -c 2 test.jpg | od -An -tx1 | tr -d ' ' | tr a-f A-F"));
        Assert.Equal("", await pi.OnPiAsync("command -v rpicam-still || true"));
    }

    [Fact]
    public async Task Its_units_run_as_their_file_says_and_end()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var before = await pi.FilesAsync();
        await pi.OnPiAsync("""
            mkdir /etc/try && echo 'GREETING="hello you"' >/etc/try/env
            cat >/etc/systemd/system/try.service <<'END'
            [Service]
            DynamicUser=yes
            User=nobody-else
            SupplementaryGroups=video
            StateDirectory=try
            WorkingDirectory=%S/try
            EnvironmentFile=/etc/try/env
            ExecStart=/bin/sh -c 'echo "$GREETING from $PWD as $$(id -u)"; touch here; exec sleep 1000'
            Restart=always
            RestartSec=1
            [Install]
            WantedBy=multi-user.target
            END
            systemctl daemon-reload && systemctl enable --now try 2>/dev/null && systemctl is-active try
            """);
        await Until.TrueAsync(async () => (await pi.OnPiAsync("journalctl -u try --no-pager")).Contains("hello you from /var/lib/try as 61184", StringComparison.Ordinal));

        await pi.OnPiAsync("kill $(systemctl show -p MainPID --value try)");
        await Until.TrueAsync(async () => await pi.OnPiAsync("systemctl show -p NRestarts --value try; systemctl is-active try || true") == "1\nactive\n");

        await pi.OnPiAsync("systemctl disable --now try 2>/dev/null; ! pgrep -x sleep --uid 61184; rm -r /etc/try /etc/systemd/system/try.service /var/lib/try");
        Assert.Equal(before, await pi.FilesAsync());
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        string scratch;
        await using (var pi = await TestPi.StartAsync(new() { Camera = false }))
        {
            scratch = pi.Scratch;
            Assert.Equal(0, (await pi.WithPasswordAsync(TestPi.Password, "ssh", TestPi.Destination, "sleep 1000 >/dev/null 2>&1 & touch left")).ExitCode);
        }
        Assert.False(Directory.Exists(Path.GetDirectoryName(scratch)));
        Assert.DoesNotContain(Path.GetDirectoryName(scratch)!, await File.ReadAllTextAsync("/proc/self/mounts", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists("/home/pi/left"));
    }
}
