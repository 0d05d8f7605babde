using System.Text;

namespace PiStereoLink.Receiver.Setup.Ssh;

// sshd's files over there, and what it makes of them.
internal sealed partial class PasswordLogins
{
    // What sshd makes of all its files for this user, coming from here.
    private async Task<bool> SettingsTakeThemAsync(CancellationToken cancellation)
    {
        var who = (await login.RunAsync("echo \"$(id -un) ${SSH_CONNECTION%% *}\"", cancellation: cancellation)).Expect("Asking who is logged in", login.Target).Output.Trim().Split(' ');
        var answer = await login.RunAsRootAsync(Script("sshd -T -C \"user=$1,host=$2,addr=$2\"", who), cancellation: cancellation);
        if (!answer.Done)
            throw new SshException(SshFault.CommandFailed, $"sshd on {login.Target.Host} does not understand its own settings: {answer.Errors.Split('\n')[0].TrimEnd()}. Correct that there (sudo sshd -t shows it) and run this again.");
        var holds = answer.Output.Split('\n');
        return holds.Contains("passwordauthentication yes") || holds.Contains("kbdinteractiveauthentication yes");
    }

    private async Task<bool> ReadsDropInsAsync(CancellationToken cancellation) =>
        (await login.RunAsRootAsync($"grep -Eqi '^[[:space:]]*Include[[:space:]].*sshd_config[.]d/' {MainFile}", cancellation: cancellation)).Done;

    private async Task<string> WhoSaysYesAsync(CancellationToken cancellation) =>
        await RootAsync($"grep -Eil '^[[:space:]]*(Password|KbdInteractive|ChallengeResponse)Authentication[[:space:]]+yes' {MainFile} /etc/ssh/sshd_config.d/*.conf 2>/dev/null || true", "Looking for that setting", cancellation) is { Length: > 0 } files
            ? $"look into {files.Trim().Replace("\n", " and ", StringComparison.Ordinal)}, which goes before it" : "look for the setting that goes before it";

    private async Task<string?> ReadAsync(string file, CancellationToken cancellation) =>
        await RootAsync($"[ ! -e {file} ] || {{ echo there; cat {file}; }}", $"Reading {file}", cancellation) is { Length: > 0 } text ? text["there\n".Length..] : null;

    private Task WriteAsync(string file, string text, CancellationToken cancellation) => login.CopyAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), file, "644", asRoot: true, cancellation);

    // Where systemd starts sshd for each connection (ssh.socket), there is nothing to reload.
    private async Task ReloadAsync(CancellationToken cancellation) =>
        await RootAsync("for unit in ssh sshd; do if systemctl is-active -q $unit; then exec systemctl reload $unit; fi; done; [ ! -e /run/sshd.pid ] || kill -HUP \"$(cat /run/sshd.pid)\"", "Reloading sshd", cancellation);

    private async Task<string> RootAsync(string script, string what, CancellationToken cancellation) =>
        (await login.RunAsRootAsync(Script(script), cancellation: cancellation)).Expect(what, login.Target).Output;

    // sshd is not on every user's path.
    private static string Script(string script, params string[] words) => SshLogin.Called("PATH=$PATH:/usr/sbin:/sbin\n" + script, words);
}
