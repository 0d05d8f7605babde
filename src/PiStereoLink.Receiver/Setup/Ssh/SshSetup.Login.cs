namespace PiStereoLink.Receiver.Setup.Ssh;

// The login with the key: there already, or made by way of the old login, and proven.
internal sealed partial class SshSetup
{
    /// <summary>A login with the key and nothing else; null in a dry run where there is none yet.</summary>
    private async Task<SshLogin?> LoginAsync(CancellationToken cancellation)
    {
        if (key.Exists && !keyIsNew && await TryKeyAsync(cancellation) is { } works)
        {
            steps.Already("login", $"{wishes.Target} takes the key.");
            return works;
        }
        if (!steps.Go("login", $"Log in to {wishes.Target} as until now, which may ask for the password, add the key to ~/.ssh/authorized_keys there, and prove that it works."))
            return null;
        await using (var first = await FirstLoginAsync(cancellation))
            await AuthorizedKeys.AddAsync(first, await key.PublicAsync(cancellation), cancellation);
        var proven = await TryKeyAsync(cancellation) ?? throw new SshException(SshFault.KeyRefused,
            $"{wishes.Target} has the key now and does not take it; passwords are left as they are. Look there why: sudo journalctl -u ssh -n 20; or from here: ssh -v -i {key.File} {wishes.Target.Destination}.");
        steps.Done("login", $"{wishes.Target} takes the key: proven by a login that may not ask for anything.");
        return proven;
    }

    private async Task<SshLogin> FirstLoginAsync(CancellationToken cancellation)
    {
        try
        {
            return await SshLogin.OpenAsync(wishes.Target, new(), cancellation);
        }
        catch (SshException e) when (e.Fault == SshFault.KeyRefused)
        {
            throw new SshException(e.Fault, Asker.IsThere
                ? $"{wishes.Target} takes neither a password nor a key that this machine has. Run this on the machine that it knows, or put the line of {key.File}.pub into ~/.ssh/authorized_keys there."
                : $"{wishes.Target} wants a password, and there is no terminal here to ask you on. Run this in a terminal.");
        }
    }

    private async Task<SshLogin?> TryKeyAsync(CancellationToken cancellation)
    {
        try
        {
            return await SshLogin.OpenAsync(withKey, KeyAlone, cancellation);
        }
        catch (SshException e) when (e.Fault == SshFault.KeyRefused || steps.DryRun && e.Fault == SshFault.HostKeyUnknown)
        {
            return null;
        }
    }

    private SshLoginOptions KeyAlone => new()
    {
        MayAsk = false,
        Settings = ["PasswordAuthentication=no", "KbdInteractiveAuthentication=no", .. agent is null ? Array.Empty<string>() : [$"IdentityAgent={agent.Socket}"]],
    };
}
