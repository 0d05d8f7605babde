using System.Text.Json;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>From a Pi with nothing on it to one whose pictures are kept here, and back.</summary>
public sealed class DeployTests
{
    [Fact]
    public async Task From_nothing_to_the_first_stored_frame_again_without_a_change_and_away_without_a_trace()
    {
        await using var desk = await Desk.StartAsync();
        await desk.RunAsync("deploy", "--check");       // a first login and a first sudo leave their own files
        var before = await desk.Pi.FilesAsync();
        var shot = Path.Combine(desk.Pi.Scratch, "shot.jpg");

        var first = await desk.RunAsync("deploy", "--agent", Desk.Agent, "--test-shot", shot, "--json");
        Assert.True(first.ExitCode == 0, first.Errors);
        var result = LastLine(first.Output);
        Assert.Equal("raspberrypi", result.GetProperty("node").GetString());
        Assert.Equal($"{TestPi.DeskAddress}:8443", result.GetProperty("receiver").GetString());
        Assert.Equal((3280, 2464), (result.GetProperty("testShot").GetProperty("width").GetInt32(), result.GetProperty("testShot").GetProperty("height").GetInt32()));
        Assert.Equal([0xFF, 0xD8], (await File.ReadAllBytesAsync(shot, TestContext.Current.CancellationToken))[..2]);
        await Until.TrueAsync(() => Task.FromResult(desk.Frames > 0));
        Assert.Equal("active", (await desk.Pi.OnPiAsync("systemctl is-active pistereolink-agent")).Trim());
        Assert.Equal("700 61184\n", await desk.Pi.OnPiAsync("stat -c '%a %U' /var/lib/pistereolink/ | sed 's/UNKNOWN/61184/'"));
        Assert.DoesNotContain("psl1.", await desk.Pi.OnPiAsync("grep -r psl1. /etc/pistereolink /var/lib/pistereolink /opt/pistereolink/agent/appsettings.json || true"), StringComparison.Ordinal);

        var installed = await StillFilesAsync(desk);
        var second = await desk.RunAsync("deploy", "--agent", Desk.Agent, "--no-test-shot", "--json");
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Contains("Nothing to do", second.Errors, StringComparison.Ordinal);
        Assert.Empty(LastLine(second.Output).GetProperty("changed").EnumerateArray());
        Assert.Equal(installed, await StillFilesAsync(desk));

        var status = await desk.RunAsync("status", "--json");
        Assert.True(status.ExitCode == 0, status.Errors);
        Assert.True(LastLine(status.Output).GetProperty("connected").GetBoolean());
        var logs = await desk.RunAsync("logs", "-n", "100");
        Assert.Contains("acknowledges frames and stores them", logs.Output, StringComparison.Ordinal);

        var gone = await desk.RunAsync("undeploy", "--json");
        Assert.True(gone.ExitCode == 0, gone.Errors);
        Assert.Equal("raspberrypi", LastLine(gone.Output).GetProperty("revokedNode").GetString());
        Assert.Equal(before, await desk.Pi.FilesAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(desk.State, "paired")));
        Assert.Equal(1, (await desk.RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task A_broken_agent_is_taken_back_and_the_frames_go_on()
    {
        await using var desk = await Desk.StartAsync();
        var first = await desk.DeployAsync("--node", "garden", "--set", "Framerate=10");
        Assert.True(first.ExitCode == 0, first.Errors);
        var (agent, installed) = (await AgentAsync(desk), await StillFilesAsync(desk));

        var broken = Path.Combine(desk.Pi.Scratch, "broken");
        Assert.Equal(0, (await Tool.RunAsync("cp", "-r", Desk.Agent, broken)).ExitCode);
        await File.WriteAllTextAsync(Path.Combine(broken, "PiStereoLink.Agent.dll"), "no program", TestContext.Current.CancellationToken);
        var upgrade = await desk.RunAsync("upgrade", "--agent", broken, "--wait", "20");
        Assert.Equal(1, upgrade.ExitCode);
        Assert.Contains($"{agent} was put back with its settings, and its pictures come in again", upgrade.Errors, StringComparison.Ordinal);
        Assert.Contains("BadImageFormatException", upgrade.Errors, StringComparison.Ordinal);      // the agent's last words

        Assert.Equal(agent, await AgentAsync(desk));
        Assert.Equal(installed, await StillFilesAsync(desk));
        var frames = desk.Frames;
        await Until.TrueAsync(() => Task.FromResult(desk.Frames > frames));
    }

    [Fact]
    public async Task A_newer_agent_takes_over_with_settings_and_pairing_and_the_older_one_is_kept()
    {
        await using var desk = await Desk.StartAsync();
        Assert.Equal(0, (await desk.DeployAsync("--camera", "1")).ExitCode);
        var (agent, key) = (await AgentAsync(desk), await desk.Pi.OnPiAsync("cat /var/lib/pistereolink/key.pem"));
        await desk.Pi.OnPiAsync("echo '# mine' >>/etc/pistereolink/agent.env");

        foreach (var version in new[] { "a", "b" })
        {
            var newer = Path.Combine(desk.Pi.Scratch, version);
            Assert.Equal(0, (await Tool.RunAsync("cp", "-r", Desk.Agent, newer)).ExitCode);
            await File.WriteAllTextAsync(Path.Combine(newer, "version"), version, TestContext.Current.CancellationToken);
            var upgrade = await desk.RunAsync("upgrade", "--agent", newer);
            Assert.True(upgrade.ExitCode == 0, upgrade.Errors);
            var now = await AgentAsync(desk);
            Assert.NotEqual(agent, now);
            Assert.Equal(string.Join('\n', new[] { "agent", agent, now }.Order(StringComparer.Ordinal)), (await desk.Pi.OnPiAsync("ls /opt/pistereolink | LC_ALL=C sort")).Trim());
            agent = now;
        }
        Assert.Equal(key, await desk.Pi.OnPiAsync("cat /var/lib/pistereolink/key.pem"));
        var env = await desk.Pi.OnPiAsync("cat /etc/pistereolink/agent.env");
        Assert.Contains("# mine", env, StringComparison.Ordinal);
        Assert.Contains("Cameras__0=1", env, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_was_installed_by_hand_is_taken_over()
    {
        await using var desk = await Desk.StartAsync();
        await desk.Pi.OnPiAsync($"""
            mkdir -p /opt/pistereolink/agent /etc/pistereolink
            echo mine >/opt/pistereolink/agent/note
            printf 'PISTEREOLINK_Agent__To={TestPi.DeskAddress}:8000\nPISTEREOLINK_Agent__Node=porch\nPISTEREOLINK_Agent__Cameras__0=1\n' >/etc/pistereolink/agent.env
            printf '[Service]\nExecStart=/bin/sleep 1000\n' >/etc/systemd/system/pistereolink-agent.service
            """);
        var deployed = await desk.DeployAsync("--json");
        Assert.True(deployed.ExitCode == 0, deployed.Errors);
        Assert.Equal("porch", LastLine(deployed.Output).GetProperty("node").GetString());
        Assert.Equal("mine\n", await desk.Pi.OnPiAsync("cat /opt/pistereolink/agent-by-hand/note"));
        Assert.Equal($"#PISTEREOLINK_Agent__To={TestPi.DeskAddress}:8000\nPISTEREOLINK_Agent__Node=porch\nPISTEREOLINK_Agent__Cameras__0=1\n", await desk.Pi.OnPiAsync("cat /etc/pistereolink/agent.env"));
    }

    [Fact]
    public async Task A_dry_run_and_a_check_change_nothing()
    {
        await using var desk = await Desk.StartAsync();
        await desk.RunAsync("deploy", "--check");
        var before = await desk.Pi.FilesAsync();
        var check = await desk.RunAsync("deploy", "--check", "--json");
        Assert.Equal(["board", "processor", "system", "systemd", "space", "clock", "groups", "route", "camera"], LastLine(check.Output).GetProperty("checks").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        var dry = await desk.DeployAsync("--dry-run");
        Assert.Contains("Would pair it with the receiver at", dry.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await desk.Pi.FilesAsync());
    }

    private static async Task<string> AgentAsync(Desk desk) => (await desk.Pi.OnPiAsync("readlink /opt/pistereolink/agent")).Trim();

    /// <summary>Without what a running agent writes.</summary>
    private static async Task<string[]> StillFilesAsync(Desk desk) =>
        [.. (await desk.Pi.FilesAsync()).Where(line => !line.Contains("var/lib/pistereolink/", StringComparison.Ordinal))];

    private static JsonElement LastLine(string output)
    {
        using var document = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        return document.RootElement.Clone();
    }
}
