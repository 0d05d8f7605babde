using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>ssh-setup.md, typed as it is written: every block of shell, in order, at the desk or on the Pi.</summary>
public sealed partial class SshSetupPageTests
{
    [Fact]
    public async Task Every_command_of_the_page_does_what_the_page_says()
    {
        var blocks = await BlocksAsync("sh");
        Assert.Equal(
            [
                "./pistereolink ssh-setup pi@raspberrypi.local",    // SshSetupTests
                "ping raspberrypi.local",                           // does not end by itself
                "ssh pi@raspberrypi.local",
                "ssh-keygen -R raspberrypi.local",
                "ssh-keygen -t ed25519 -f ~/.ssh/pistereolink",
                "ssh-copy-id -i ~/.ssh/pistereolink.pub pi@raspberrypi.local",
                "ssh -o BatchMode=yes -o PasswordAuthentication=no pi@raspberrypi.local echo the key works",
                "ssh pi@raspberrypi.local",
                "sudo tee /etc/ssh/sshd_config.d/10-pistereolink.conf <<'END'",
                "sudo sshd -t && sudo systemctl reload ssh",
                "sudo sshd -T | grep -E '^(pubkey|password|kbdinteractive)authentication'",
                "ssh -o BatchMode=yes pi@raspberrypi.local echo the key works",
                "sudo rm /etc/ssh/sshd_config.d/10-pistereolink.conf",
            ],
            blocks.Select(block => block.Split('\n')[0]).Select((line, at) => at == 9 ? line : line).ToArray());
    }

    private static async Task<string[]> BlocksAsync(string language)
    {
        Assert.SkipWhen(Repository.Root is null, "The repository's files are not beside these tests.");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root!, "ssh-setup.md"), TestContext.Current.CancellationToken);
        return [.. Block().Matches(page).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];
    }

    [GeneratedRegex("^```(?<language>\\w*)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
