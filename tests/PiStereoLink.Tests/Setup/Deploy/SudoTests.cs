namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>A Pi whose sudo asks, and a login by key.</summary>
public sealed class SudoTests
{
    [Fact]
    public async Task Sudo_that_asks_is_answered_with_the_password_or_said()
    {
        await using var desk = await Desk.StartAsync(new() { Sudo = PiSudo.Asks });
        var deployed = await desk.DeployAsync();
        Assert.True(deployed.ExitCode == 0, deployed.Errors);
        Assert.Equal(0, (await desk.RunAsync("undeploy")).ExitCode);

        // By key, there is nobody who could be asked.
        Assert.Equal(0, (await desk.Pi.AtDeskAsync("sh", "-c", "ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519 && cp ~/.ssh/id_ed25519.pub " + Path.Combine(desk.Pi.Scratch, "key.pub"))).ExitCode);
        var key = await File.ReadAllTextAsync(Path.Combine(desk.Pi.Scratch, "key.pub"), TestContext.Current.CancellationToken);
        await desk.Pi.OnPiAsync($"install -d -m 700 -o pi -g pi /home/pi/.ssh; echo '{key.Trim()}' >/home/pi/.ssh/authorized_keys; chown pi:pi /home/pi/.ssh/authorized_keys; chmod 600 /home/pi/.ssh/authorized_keys");
        var asked = await desk.WithoutPasswordAsync("deploy", TestPi.Destination, "--agent", Desk.Agent, "--no-test-shot");
        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("sudo on raspberrypi.local asks for a password", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("Run this in a terminal", asked.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_use_sudo_is_told_so()
    {
        await using var desk = await Desk.StartAsync(new() { Sudo = PiSudo.None });
        var refused = await desk.DeployAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("sudo", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("Log in as a user who may", refused.Errors, StringComparison.Ordinal);
    }
}
