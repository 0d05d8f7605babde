using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>Each way not to get in, provoked with a real ssh, and its sentence.</summary>
public sealed class SshTroubleTests(SharedPi shared) : IClassFixture<SharedPi>
{
    [Theory]
    [InlineData("pi@nobody.local", SshFault.NameNotFound, "The name nobody.local is not found in this network. Is the Pi on, and did its first boot end (two minutes)? ./pistereolink find looks for it; its address does instead of the name.")]
    [InlineData("pi@10.1.2.3", SshFault.NoRoute, "There is no way to 10.1.2.3: nothing answers at that address. Is the Pi on, and in the same network as this machine? ./pistereolink find looks for it.")]
    [InlineData("pi@" + TestPi.NobodysAddress, SshFault.NoRoute, "There is no way to 192.168.77.99: nothing answers at that address. Is the Pi on, and in the same network as this machine? ./pistereolink find looks for it.")]
    [InlineData("pi@raspberrypi.local:2222", SshFault.PortClosed, "raspberrypi.local is there, but its SSH port (2222) is closed. Switch SSH on, on the Pi: sudo raspi-config, Interface Options, SSH; or write the card anew with ./pistereolink sdcard.")]
    [InlineData("pi@raspberrypi.local:23", SshFault.TimedOut, "raspberrypi.local did not answer in time. Is it on, and does a firewall stand between? On a Pi's first boot it takes two minutes.")]
    [InlineData("pi@raspberrypi.local:24", SshFault.TurnedAway, "raspberrypi.local answers and hangs up before any login. After some refused passwords a new sshd (OpenSSH 9.8) turns an address away for a minute; or it is overloaded or just starting. Wait a minute and run the same again.")]
    public async Task An_address_where_nobody_can_log_in(string destination, SshFault fault, string sentence)
    {
        var pi = await shared.PiAsync();
        if (destination.EndsWith(":23", StringComparison.Ordinal))  // it takes the connection and says nothing
            await ListenAsync(pi, 23, "");
        if (destination.EndsWith(":24", StringComparison.Ordinal))
            await ListenAsync(pi, 24, ".close()");
        Assert.Equal((fault, sentence), await RefusedAsync(pi, destination, "whatever"));
    }

    [Fact]
    public async Task A_wrong_password() =>
        Assert.Equal((SshFault.PasswordRefused, "pi@raspberrypi.local refuses the password (pi@raspberrypi.local: Permission denied (publickey,password)). Try again; the user and the password are those that were chosen when the card was written."),
            await RefusedAsync(await shared.PiAsync(), TestPi.Destination, "wrong"));

    [Fact]
    public async Task No_key_and_nobody_to_ask()
    {
        var pi = await shared.PiAsync();
        await pi.WithPasswordAsync(TestPi.Password, "ssh", TestPi.Destination, "true");  // so that the host is known
        Assert.Equal((SshFault.KeyRefused, "pi@raspberrypi.local takes none of this machine's keys, and no password was asked for (pi@raspberrypi.local: Permission denied (publickey,password)). Give it one with ./pistereolink ssh-setup pi@raspberrypi.local, or name the right one with --identity FILE."),
            await RefusedAsync(pi, TestPi.Destination, null));
    }

    [Fact]
    public async Task A_host_that_is_not_known_and_nobody_to_ask() =>
        Assert.Equal((SshFault.HostKeyUnknown, "The host key of 192.168.77.2 is not known to this machine, and it was not said to be right. Log in once by hand: ssh pi@192.168.77.2; it shows the fingerprint and asks. ./pistereolink ssh-setup does it too."),
            await RefusedAsync(await shared.PiAsync(), "pi@" + TestPi.Address, null));

    [Fact]
    public async Task A_host_with_another_key_than_before()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        await pi.WithPasswordAsync(TestPi.Password, "ssh", TestPi.Destination, "true");
        await pi.OnPiAsync("rm /etc/ssh/ssh_host_ed25519_key; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        Assert.Equal((SshFault.HostKeyChanged, "raspberrypi.local shows another host key than the one that this machine remembers. If its card was written anew, or another Pi has its address now, forget the old one: ssh-keygen -R raspberrypi.local; if not, do not go on, for something else may answer under its name."),
            await RefusedAsync(pi, TestPi.Destination, TestPi.Password));
    }

    [Fact]
    public async Task A_machine_without_ssh() =>
        Assert.Equal(SshFault.NoSshProgram, (await Assert.ThrowsAsync<SshException>(() =>
            SshLogin.OpenAsync(SshTarget.Parse("pi@raspberrypi.local"), new() { Program = "/no/such/ssh" }, TestContext.Current.CancellationToken))).Fault);

    [Theory]
    [InlineData("")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("pi@-x")]
    [InlineData("pi@host; reboot")]
    [InlineData("pi@host:99999")]
    public void What_is_no_destination_is_not_given_to_ssh(string text) => Assert.Throws<FormatException>(() => SshTarget.Parse(text));

    private static Task<string> ListenAsync(TestPi pi, int port, string then) => pi.OnPiAsync($$"""
        setsid python3 -c "import socket, time; s = socket.create_server(('', {{port}})); c = s.accept()[0]; c{{then}}; time.sleep(1000)" >/dev/null 2>&1 &
        until grep -q ':{{port:X4}} ' /proc/net/tcp; do sleep 0.1; done
        """);

    private static async Task<(SshFault, string)> RefusedAsync(TestPi pi, string destination, string? password)
    {
        var refused = await Assert.ThrowsAsync<SshException>(() =>
            SshLogin.OpenAsync(SshTarget.Parse(destination), new() { MayAsk = password is not null, Program = pi.Ssh(password) }, TestContext.Current.CancellationToken));
        return (refused.Fault, refused.Message);
    }
}
