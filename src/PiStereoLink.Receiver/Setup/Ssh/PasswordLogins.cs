using System.Text;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>
/// Whether sshd over there takes passwords. They are switched off in a file of their own, and the old state comes back
/// whenever the new one is not proven. The login that does it stays open all the while: it survives any settings.
/// </summary>
internal sealed class PasswordLogins(SshLogin login, Func<Task<SshLogin?>> logInWithKey)
{
    /// <summary>10- comes before what images bring (50-cloud-init.conf), and the first setting that is read wins.</summary>
    public const string DropIn = "/etc/ssh/sshd_config.d/10-pistereolink.conf";

    // Buster's sshd (7.9) has no Include.
    private const string MainFile = "/etc/ssh/sshd_config";

    private const string Settings = "# Written by pistereolink ssh-setup; ssh-setup --undo takes it away.\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n";

    // A reload is done when sshd gets to it.
    private static readonly TimeSpan ReloadLimit = TimeSpan.FromSeconds(10);

    /// <summary>What sshd makes of all its files for this user, coming from here.</summary>
    public async Task<bool> AreTakenAsync(CancellationToken cancellation)
    {
        var who = (await login.RunAsync("echo \"$(id -un) ${SSH_CONNECTION%% *}\"", cancellation: cancellation)).Expect("Asking who is logged in", login.Target).Output.Trim().Split(' ');
        var answer = await login.RunAsRootAsync(Script("sshd -T -C \"user=$1,host=$2,addr=$2\"", who), cancellation: cancellation);
        if (!answer.Done)
            throw new SshException(SshFault.CommandFailed, $"sshd on {login.Target.Host} does not understand its own settings: {answer.Errors.Split('\n')[0].TrimEnd()}. Correct that there (sudo sshd -t shows it) and run this again.");
        var holds = answer.Output.Split('\n');
        return holds.Contains("passwordauthentication yes") || holds.Contains("kbdinteractiveauthentication yes");
    }

    /// <summary>Switches them off, for good only when it is proven; the file that says so.</summary>
    public async Task<string> SwitchOffAsync(CancellationToken cancellation)
    {
        var file = await ReadsDropInsAsync(cancellation) ? DropIn : MainFile;
        var before = await ReadAsync(file, cancellation);
        try
        {
            await WriteAsync(file, file == DropIn ? Settings : Settings + before, cancellation);
            await RootAsync("sshd -t", "The check of the new settings (sshd -t)", cancellation);
            if (await AreTakenAsync(cancellation))
                throw new SshException(SshFault.CommandFailed, $"{file} says that passwords are not taken, and sshd on {login.Target.Host} still takes them: {await WhoSaysYesAsync(cancellation)}.");
            await ReloadAsync(cancellation);
            await ProveAsync(cancellation);
            return file;
        }
        catch (Exception e) when (e is not SshException { Fault: SshFault.ConnectionLost })
        {
            await PutBackAsync(file, before);
            if (e is SshException failed)
                throw new SshException(failed.Fault, $"{failed.Message} The old settings are back, and passwords are taken as before.");
            throw;
        }
    }

    /// <summary>Takes away what <see cref="SwitchOffAsync"/> wrote; false where there is nothing of it.</summary>
    public async Task<bool> UndoAsync(CancellationToken cancellation)
    {
        var dropIn = await ReadAsync(DropIn, cancellation);
        var main = await ReadAsync(MainFile, cancellation) ?? "";
        var inMain = main.StartsWith(Settings, StringComparison.Ordinal);
        if (dropIn is null && !inMain)
            return false;
        if (dropIn is not null)
            await RootAsync($"rm {DropIn}", $"Deleting {DropIn}", cancellation);
        if (inMain)
            await WriteAsync(MainFile, main[Settings.Length..], cancellation);
        await RootAsync("sshd -t", "The check of sshd's settings (sshd -t)", cancellation);
        await ReloadAsync(cancellation);
        return true;
    }

    // The key first: should both fail, that is what matters.
    private async Task ProveAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(ReloadLimit);
        while (true)
        {
            string? left;
            try
            {
                await using var again = await logInWithKey() ?? throw new SshException(SshFault.KeyRefused, $"With the new settings {login.Target} does not take the key any more.");
                left = await PasswordProbe.AsksAsync(login.Target, cancellation);
            }
            catch (SshException e) when (e.Fault == SshFault.PortClosed && !deadline.IsCancellationRequested)
            {
                left = "sshd is starting";
            }
            if (left is null)
                return;
            if (deadline.IsCancellationRequested)
                throw new SshException(SshFault.CommandFailed, $"sshd on {login.Target.Host} still asks for passwords after it was reloaded ({left}).");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    private async Task PutBackAsync(string file, string? before)
    {
        if (before is null)
            await RootAsync($"rm -f {file}", $"Deleting {file}", CancellationToken.None);
        else
            await WriteAsync(file, before, CancellationToken.None);
        await ReloadAsync(CancellationToken.None);
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
