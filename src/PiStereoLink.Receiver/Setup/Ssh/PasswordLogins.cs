namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>
/// Whether sshd over there takes passwords. They are switched off in a file of their own, and the old state comes back
/// whenever the new one is not proven. The login that does it stays open all the while: it survives any settings.
/// </summary>
internal sealed partial class PasswordLogins(SshLogin login, Func<Task<SshLogin?>> logInWithKey)
{
    /// <summary>10- comes before what images bring (50-cloud-init.conf), and the first setting that is read wins.</summary>
    public const string DropIn = "/etc/ssh/sshd_config.d/10-pistereolink.conf";

    // Buster's sshd (7.9) has no Include.
    private const string MainFile = "/etc/ssh/sshd_config";

    private const string Settings = "# Written by pistereolink ssh-setup; ssh-setup --undo takes it away.\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n";

    // A reload is done when sshd gets to it. Not faster: since OpenSSH 9.8 an address with some refused logins within
    // seconds is turned away for a while, and each proof has one.
    private static readonly TimeSpan ReloadLimit = TimeSpan.FromSeconds(10), ReloadPace = TimeSpan.FromSeconds(1);

    /// <summary>Whether a password would be asked for: by its settings, or still, because it has not read them again.</summary>
    public async Task<bool> AreTakenAsync(CancellationToken cancellation) =>
        await SettingsTakeThemAsync(cancellation) || await PasswordProbe.AsksAsync(login.Target, cancellation) is not null;

    /// <summary>Switches them off, for good only when it is proven; the file that says so.</summary>
    public async Task<string> SwitchOffAsync(CancellationToken cancellation)
    {
        var file = await ReadsDropInsAsync(cancellation) ? DropIn : MainFile;
        var before = await ReadAsync(file, cancellation);
        try
        {
            await WriteAsync(file, file == DropIn ? Settings : Settings + before, cancellation);
            await RootAsync("sshd -t", "The check of the new settings (sshd -t)", cancellation);
            if (await SettingsTakeThemAsync(cancellation))
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
            await Task.Delay(ReloadPace, cancellation);
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
}
