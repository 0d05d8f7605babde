using System.Text;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>What takes root on the Pi.</summary>
public sealed class SshSudoTests
{
    [Fact]
    public async Task Where_sudo_does_not_ask_root_has_the_whole_input()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        await using var login = await SshLogin.OpenAsync(SshTarget.Parse(TestPi.Destination), new() { MayAsk = true, Program = pi.Ssh(TestPi.Password) }, TestContext.Current.CancellationToken);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("one\ntwo\n"));
        Assert.Equal(new SshAnswer(0, "root's one\ntwo\n", ""), await login.RunAsRootAsync("printf \"$(id -un)'s \"; cat", input, cancellation: TestContext.Current.CancellationToken));

        await login.CopyAsync(new MemoryStream([1, 2, 3]), "/etc/a/b", "600", asRoot: true, TestContext.Current.CancellationToken);
        Assert.Equal("3 600 root\n", await pi.OnPiAsync("stat -c '%s %a %U' /etc/a/b; ! ls /etc/a/*.part 2>/dev/null"));
    }

    [Fact]
    public async Task Where_sudo_asks_and_nobody_is_there_it_is_said()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false });
        await using var login = await SshLogin.OpenAsync(SshTarget.Parse(TestPi.Destination) with { Identity = await pi.KeyAsync() }, new() { MayAsk = false, MayAskForSudo = false, Program = pi.Ssh() }, TestContext.Current.CancellationToken);
        var asks = await Assert.ThrowsAsync<SshException>(() => login.RunAsRootAsync("true", cancellation: TestContext.Current.CancellationToken));
        Assert.Equal((SshFault.SudoAsks, "sudo on raspberrypi.local asks for a password, and there is no terminal here to ask you on. Run this in a terminal."), (asks.Fault, asks.Message));
    }
}
