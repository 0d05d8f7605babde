using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>ssh-setup.md, typed as it is written: every block of shell, in order, at the desk or on the Pi.</summary>
public sealed partial class SshSetupPageTests
{
    [Fact]
    public async Task Every_command_of_the_page_does_what_the_page_says()
    {
        await using var pi = await TestPi.StartAsync(new() { Camera = false, Sudo = PiSudo.Free });
        var blocks = await BlocksAsync("sh");
        Assert.Equal(
            [
                "./pistereolink ssh-setup pi@raspberrypi.local",    // SshSetupTests types it
                "ping raspberrypi.local",                           // does not end by itself
                "ssh pi@raspberrypi.local",
                "ssh-keygen -R raspberrypi.local",
                "ssh-keygen -t ed25519 -f ~/.ssh/pistereolink",
                "ssh-copy-id -i ~/.ssh/pistereolink.pub pi@raspberrypi.local",
                "ssh -o BatchMode=yes -o PasswordAuthentication=no pi@raspberrypi.local echo the key works",
                "ssh pi@raspberrypi.local",
                "sudo tee /etc/ssh/sshd_config.d/10-pistereolink.conf <<'END'",
                "sudo sshd -T | grep -E '^(pubkey|password|kbdinteractive)authentication'",
                "ssh -o BatchMode=yes pi@raspberrypi.local echo the key works",
                "sudo rm /etc/ssh/sshd_config.d/10-pistereolink.conf",
            ],
            blocks.Select(block => block.Split('\n')[0]));
        using var desk = new Desk(pi);

        // 3. Log in with the password; forget the host key.
        await desk.TypeAsync(blocks[2]);
        await desk.TypeAsync(blocks[3]);
        Assert.Equal("", await desk.TypeAsync("cat ~/.ssh/known_hosts"));

        // 4. A key, for the agent, and ssh told of it.
        await desk.TypeAsync(blocks[4]);
        Assert.Contains("`ssh-add ~/.ssh/pistereolink`", await PageAsync(), StringComparison.Ordinal);
        await desk.TypeAsync("ssh-add ~/.ssh/pistereolink");
        var entry = Assert.Single(await BlocksAsync(""));
        await desk.TypeAsync($"cat >~/.ssh/config <<'ENTRY'\n{entry}\nENTRY");

        // 5. and 6. The Pi gets it, and takes it.
        await desk.TypeAsync(blocks[5]);
        Assert.Equal("the key works\n", await desk.TypeAsync(blocks[6]));

        // 7. Passwords off, in a session on the Pi; seen from a second terminal.
        await desk.TypeOnPiAsync(blocks[8]);
        Assert.Equal("pubkeyauthentication yes\npasswordauthentication no\nkbdinteractiveauthentication no\n", await desk.TypeOnPiAsync(blocks[9]));
        await Until.TrueAsync(async () => await desk.OutcomeAsync(blocks[10]) is { ExitCode: 255, Output: "the key works\n", Errors: var said } && said.EndsWith("Permission denied (publickey).\r\n", StringComparison.Ordinal));

        // Undo.
        await desk.TypeOnPiAsync(blocks[11]);
        await Until.TrueAsync(async () => (await desk.OutcomeAsync("ssh -o PubkeyAuthentication=no pi@raspberrypi.local echo in")).Output == "in\n");
    }

    private static async Task<string> PageAsync()
    {
        Assert.SkipWhen(Repository.Root is null, "The repository's files are not beside these tests.");
        return await File.ReadAllTextAsync(Path.Combine(Repository.Root!, "ssh-setup.md"), TestContext.Current.CancellationToken);
    }

    private static async Task<string[]> BlocksAsync(string language) =>
        [.. Block().Matches(await PageAsync()).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];

    [GeneratedRegex("^```(?<language>\\w*)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>A shell with an SSH agent, and somebody who knows the password.</summary>
    private sealed class Desk : IDisposable
    {
        private readonly TestPi pi;
        private readonly Process agent;
        private readonly string socket;

        public Desk(TestPi pi)
        {
            (this.pi, socket) = (pi, Path.Combine(pi.Scratch, "agent"));
            agent = Process.Start(pi.StartAtDesk("ssh-agent", "-D", "-a", socket))!;
            agent.StandardOutput.ReadLine();    // once it can be asked
        }

        public async Task<string> TypeAsync(string script)
        {
            var outcome = await OutcomeAsync(script);
            Assert.True(outcome.ExitCode == 0, $"\"{script}\" ended with {outcome.ExitCode}: {outcome.Errors}");
            return outcome.Output;
        }

        /// <summary>In a session there, without anything that could be asked.</summary>
        public Task<string> TypeOnPiAsync(string script) => TypeAsync($"ssh -o BatchMode=yes pi@raspberrypi.local bash <<'SESSION'\nset -e\n{script}\nSESSION");

        public Task<Tool.Outcome> OutcomeAsync(string script) => pi.WithPasswordAsync(TestPi.Password, "bash", "-c", $"export SSH_AUTH_SOCK='{socket}'\n{script}");

        public void Dispose()
        {
            agent.Kill();
            agent.WaitForExit();
            agent.Dispose();
        }
    }
}
