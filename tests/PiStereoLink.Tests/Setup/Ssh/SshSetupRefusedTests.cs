namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>Where ssh-setup stops, what it says, and that nothing is half done then.</summary>
public sealed class SshSetupRefusedTests
{
    [Fact]
    public async Task A_wrong_password()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var files = await pi.FilesAsync();
        Fails(await pi.SshSetupAsync("wrong", SetupDesk.Unasked),
            "pi@raspberrypi.local refuses the password (pi@raspberrypi.local: Permission denied (publickey,password)). Try again; the user and the password are those that were chosen when the card was written.");
        Assert.Equal(files, await pi.FilesAsync());
    }

    [Fact]
    public async Task Nobody_to_ask_for_a_fingerprint_a_passphrase_or_the_password()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        var shown = (await pi.OnPiAsync("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")).Split(' ')[1];
        Fails(await pi.SshSetupAsync(null), $"raspberrypi.local is not known here, and there is no terminal to ask you on. It shows {shown} (ED25519); if that is right, say so: --fingerprint {shown}, or --accept-new.");
        Fails(await pi.SshSetupAsync(null, "--fingerprint", "SHA256:another"), $"raspberrypi.local shows {shown} (ED25519), and --fingerprint says SHA256:another. Read it at the Pi's own screen: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; if it differs there too, something else answers under this name.");
        Fails(await pi.SshSetupAsync(null, "--fingerprint", shown), "There is no key /root/.ssh/pistereolink, and no terminal here to ask for its passphrase on. Run this in a terminal, or with --no-passphrase, which leaves the key open to whoever reads that file.");
        Fails(await pi.SshSetupAsync(null, "--no-passphrase"), "pi@raspberrypi.local wants a password, and there is no terminal here to ask you on. Run this in a terminal.");
    }

    [Fact]
    public async Task A_host_key_that_has_changed_and_a_closed_port()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        await pi.KeyAsync();
        await pi.OnPiAsync("rm /etc/ssh/ssh_host_ed25519_key; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        Fails(await pi.SshSetupAsync(TestPi.Password, "--no-passphrase"), "raspberrypi.local shows another host key than the one that this machine remembers. If its card was written anew, or another Pi has its address now, forget the old one: ssh-keygen -R raspberrypi.local; if not, do not go on, for something else may answer under its name.");

        await pi.AtDeskAsync("ssh-keygen", "-R", TestPi.Host);
        Fails(await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--port", "2222"), "raspberrypi.local is there, but its SSH port (2222) is closed. Switch SSH on, on the Pi: sudo raspi-config, Interface Options, SSH; or write the card anew with ./pistereolink sdcard.");
    }

    [Theory]
    [InlineData((int)PiSudo.Asks, null, "sudo on raspberrypi.local asks for a password, and there is no terminal here to ask you on. Run this in a terminal.")]
    [InlineData((int)PiSudo.Asks, "wrong", "sudo on raspberrypi.local refuses the password of pi (sudo: 1 incorrect password attempt). Run this again with the right one.")]
    [InlineData((int)PiSudo.None, TestPi.Password, "pi@raspberrypi.local may not use sudo there (pi is not in the sudoers file). Log in as a user who may, such as the one that was made with the card.")]
    public async Task Sudo_that_is_not_to_be_had(int sudo, string? password, string sentence)
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = (PiSudo)sudo });
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--keep-passwords", "--json")).Json();
        var files = await pi.FilesAsync();
        Fails(await pi.SshSetupAsync(password), sentence);
        Assert.Equal(files, await pi.FilesAsync());
    }

    [Fact]
    public async Task Settings_of_others_that_win_bring_the_old_state_back()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        await pi.OnPiAsync("echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-others.conf");
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--keep-passwords", "--json")).Json();
        var files = await pi.FilesAsync();
        Fails(await pi.SshSetupAsync(null), "/etc/ssh/sshd_config.d/10-pistereolink.conf says that passwords are not taken, and sshd on raspberrypi.local still takes them: look into /etc/ssh/sshd_config.d/00-others.conf, which goes before it. The old settings are back, and passwords are taken as before.");
        Assert.Equal(files, await pi.FilesAsync());
    }

    [Fact]
    public async Task Settings_that_lock_the_key_out_are_taken_back()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--keep-passwords", "--json")).Json();
        // Not read yet by the sshd that runs; the reload makes it count.
        await pi.OnPiAsync("echo 'PubkeyAuthentication no' >/etc/ssh/sshd_config.d/50-others.conf");
        var files = await pi.FilesAsync();
        Fails(await pi.SshSetupAsync(null), "With the new settings pi@raspberrypi.local does not take the key any more. The old settings are back, and passwords are taken as before.");
        Assert.Equal(files, await pi.FilesAsync());
        Assert.Equal("in\n", (await pi.WithPasswordAsync(TestPi.Password, "ssh", "-o", "PubkeyAuthentication=no", TestPi.Destination, "echo in")).Output);
    }

    [Fact]
    public async Task Settings_that_are_broken_already_are_left_alone()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        (await pi.SshSetupAsync(TestPi.Password, "--no-passphrase", "--keep-passwords", "--json")).Json();
        await pi.OnPiAsync("echo 'Nonsense yes' >/etc/ssh/sshd_config.d/50-others.conf");
        var files = await pi.FilesAsync();
        Fails(await pi.SshSetupAsync(null), "sshd on raspberrypi.local does not understand its own settings: /etc/ssh/sshd_config.d/50-others.conf: line 1: Bad configuration option: Nonsense. Correct that there (sudo sshd -t shows it) and run this again.");
        Assert.Equal(files, await pi.FilesAsync());
    }

    private static void Fails(Tool.Outcome outcome, string sentence)
    {
        Assert.Equal(sentence, outcome.Errors.TrimEnd().Split('\n')[^1]);
        Assert.Equal(1, outcome.ExitCode);
    }
}
