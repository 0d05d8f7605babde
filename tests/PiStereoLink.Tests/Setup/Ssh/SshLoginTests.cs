using System.Security.Cryptography;
using System.Text;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>Logging in on a Pi with the system's ssh, and what is done there.</summary>
public sealed class SshLoginTests(SharedPi shared) : IClassFixture<SharedPi>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_arrives_as_it_is_written()
    {
        await using var login = await OpenAsync();
        var answer = await login.RunAsync("""
            printf '%s|' "it's" '$HOME' "a \"b\"" `echo c` 'd\e'
            cat; echo no >&2; exit 7
            """, new MemoryStream(Encoding.UTF8.GetBytes("from stdin")), cancellation: Cancelled);
        Assert.Equal(new SshAnswer(7, "it's|$HOME|a \"b\"|c|d\\e|from stdin", "no\n"), answer);
    }

    [Fact]
    public async Task A_file_arrives_whole_with_its_rights_and_comes_back()
    {
        await using var login = await OpenAsync();
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        const string Path = "/home/pi/new folder/it's \"here\"";
        await login.CopyAsync(new MemoryStream(content), Path, "750", cancellation: Cancelled);
        using var back = new MemoryStream();
        await login.FetchAsync(Path, back, Cancelled);
        Assert.Equal(content, back.ToArray());
        Assert.Equal("it's \"here\" 750 pi\n", await (await shared.PiAsync()).OnPiAsync("cd '/home/pi/new folder' && stat -c '%n %a %U' *"));
    }

    [Fact]
    public async Task One_login_serves_many_commands()
    {
        await using var login = await OpenAsync();
        var ports = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            ports.Add((await login.RunAsync("echo $SSH_CONNECTION", cancellation: Cancelled)).Output);
        Assert.Single(ports);
    }

    [Fact]
    public async Task A_connection_lost_in_mid_command_is_said_so()
    {
        await using var login = await OpenAsync();
        var lost = await Assert.ThrowsAsync<SshException>(() => login.RunAsync("kill $PPID; sleep 60", cancellation: Cancelled));
        Assert.Equal((SshFault.ConnectionLost, "The connection to raspberrypi.local was lost (Connection to raspberrypi.local closed by remote host). Is the Pi still on, with enough power and a good Wi-Fi signal? Run the same again."), (lost.Fault, lost.Message));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_given_up_and_the_login_lives()
    {
        await using var login = await OpenAsync();
        var slow = await Assert.ThrowsAsync<SshException>(() => login.RunAsync("sleep 3000", limit: TimeSpan.FromSeconds(1), cancellation: Cancelled));
        Assert.Equal(SshFault.CommandTooLong, slow.Fault);
        Assert.True((await login.RunAsync("true", cancellation: Cancelled)).Done);
    }

    private async Task<SshLogin> OpenAsync() => await SshLogin.OpenAsync(SshTarget.Parse(TestPi.Destination), new() { MayAsk = true, Program = (await shared.PiAsync()).Ssh(TestPi.Password) }, Cancelled);
}
