namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>From a password to a key, against a real sshd.</summary>
public sealed class SshSetupTests
{
    [Fact]
    public async Task From_a_password_to_a_key()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var report = (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--json")).Json();
        Assert.Equal(["host-key done", "key done", "login done", "config done", "passwords done"], report.Steps());
        Assert.False(report.GetProperty("passwordLogin").GetBoolean());

        Assert.Equal("in\n", (await pi.LogInAsync()).Output);
        var without = await pi.WithPasswordAsync(TestPi.Password, "ssh", "-o", "PubkeyAuthentication=no", TestPi.Destination, "echo in");
        Assert.Equal((255, "pi@raspberrypi.local: Permission denied (publickey).\r\n"), (without.ExitCode, without.Errors));

        Assert.Equal("", await pi.OnPiAsync("sshd -t"));
        Assert.Equal("644 root\n# Written by pistereolink ssh-setup; ssh-setup --undo takes it away.\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n",
            await pi.OnPiAsync("cd /etc/ssh/sshd_config.d && stat -c '%a %U' * && cat *"));
        Assert.Equal("700 pi .\n600 pi authorized_keys\n1\n", await pi.OnPiAsync("cd /home/pi/.ssh && stat -c '%a %U %n' . * && wc -l <authorized_keys"));
        Assert.Equal("no\n", await pi.OnPiAsync("runuser -u pi -- sudo -n true 2>/dev/null && echo yes || echo no"));
        Assert.Equal("600 config\n600 known_hosts\n600 pistereolink\n644 pistereolink.pub\n", (await pi.AtDeskAsync("sh", "-c", "cd ~/.ssh && stat -c '%a %n' *")).Output);
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_asks_nothing()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--json")).Json();
        var (files, desk) = (await pi.FilesAsync(), await pi.DeskFilesAsync());

        var second = await pi.SshSetupAsync(null, "--json");
        Assert.Equal(["host-key already", "key already", "login already", "config already", "passwords already"], second.Json().Steps());
        Assert.False(second.Json().GetProperty("changed").GetBoolean());
        Assert.Contains("All of it was done already; nothing was changed.", second.Errors, StringComparison.Ordinal);
        Assert.Equal(files, await pi.FilesAsync());
        Assert.Equal(desk, await pi.DeskFilesAsync());
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_asks_nothing()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var (files, desk) = (await pi.FilesAsync(), await pi.DeskFilesAsync());
        var report = (await pi.SshSetupAsync(null, "--dry-run", "--json")).Json();
        Assert.Equal(["host-key would", "key would", "login would", "config would", "passwords would"], report.Steps());
        Assert.Equal(files, await pi.FilesAsync());
        Assert.Equal(desk, await pi.DeskFilesAsync());
    }

    [Fact]
    public async Task Undo_leads_back_to_passwords_and_leaves_others_entries()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        const string Others = "# for all\nServerAliveInterval 60\n\n# mine\nHost other\n    User me\n";
        await pi.AtDeskAsync("sh", "-c", $"mkdir -m 700 ~/.ssh && printf '%s' '{Others}' >~/.ssh/config");
        await pi.OnPiAsync("install -d -m 700 -o pi -g pi /home/pi/.ssh && printf 'ssh-ed25519 AAAAnother me' >/home/pi/.ssh/authorized_keys && chown pi: /home/pi/.ssh/authorized_keys");
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--json")).Json();
        Assert.Equal("2\n", await pi.OnPiAsync("wc -l </home/pi/.ssh/authorized_keys"));

        var report = (await pi.SshSetupAsync(null, "--undo", "--json")).Json();
        Assert.Equal(["passwords done", "login done", "config done"], report.Steps());
        Assert.True(report.GetProperty("passwordLogin").GetBoolean());
        Assert.Equal("in\n", (await pi.WithPasswordAsync(TestPi.Password, "ssh", "-o", "PubkeyAuthentication=no", TestPi.Destination, "echo in")).Output);
        Assert.Equal("ssh-ed25519 AAAAnother me\n", await pi.OnPiAsync("cat /home/pi/.ssh/authorized_keys; ls /etc/ssh/sshd_config.d"));
        Assert.Equal(Others, (await pi.AtDeskAsync("sh", "-c", "cat ~/.ssh/config")).Output);
    }

    [Fact]
    public async Task A_key_with_a_passphrase_is_asked_for_once()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        // Whoever answers says the same to everything: it is password and passphrase.
        var report = (await pi.SshSetupAsync(TestPi.Password, "--json")).Json();
        Assert.Equal(["host-key done", "key done", "login done", "config done", "passwords done"], report.Steps());
        Assert.Equal(255, (await pi.LogInAsync()).ExitCode);
        Assert.Equal("in\n", (await pi.WithPasswordAsync(TestPi.Password, "ssh", TestPi.Destination, "echo in")).Output);
    }

    [Fact]
    public async Task Passwords_stay_where_they_are_to_stay()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var report = (await pi.SshSetupAsync(TestPi.Password, [.. SetupDesk.Unasked, "--keep-passwords", "--json"])).Json();
        Assert.Equal(["host-key done", "key done", "login done", "config done"], report.Steps());
        Assert.Equal("", await pi.OnPiAsync("ls /etc/ssh/sshd_config.d"));
    }

    [Fact]
    public async Task On_Buster_the_lines_go_to_the_top_of_the_one_file_that_its_sshd_reads()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Generation = "buster", Sudo = PiSudo.Free });
        var before = await pi.OnPiAsync("cat /etc/ssh/sshd_config");
        (await pi.SshSetupAsync(TestPi.Password, [.. SetupDesk.Unasked, "--json"])).Json();
        Assert.EndsWith("PasswordAuthentication no\nKbdInteractiveAuthentication no\n" + before, await pi.OnPiAsync("cat /etc/ssh/sshd_config"), StringComparison.Ordinal);
        Assert.EndsWith("Permission denied (publickey).\r\n", (await pi.LogInAsync("-o", "PubkeyAuthentication=no")).Errors, StringComparison.Ordinal);

        (await pi.SshSetupAsync(null, "--undo", "--json")).Json();
        Assert.Equal(before, await pi.OnPiAsync("cat /etc/ssh/sshd_config"));
    }
}
