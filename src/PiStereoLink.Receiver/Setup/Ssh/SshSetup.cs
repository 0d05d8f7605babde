namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>
/// From a password to a key, as ssh-setup.md does it by hand: each step looks first whether it is done already, and
/// passwords are switched off only once the key is proven.
/// </summary>
internal sealed class SshSetup(SshSetupWishes wishes, SetupSteps steps) : IAsyncDisposable
{
    private readonly KeyPair key = new(wishes.Key);
    private readonly SshTarget withKey = wishes.Target with { Identity = wishes.Key };
    private PrivateAgent? agent;

    /// <summary>Whether the Pi takes passwords still; null where nobody has looked.</summary>
    public bool? PasswordLogin { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var settings = await SshSettings.OfAsync(wishes.Target, cancellation);
        await HostKeyAsync(settings, cancellation);
        await KeyAsync(cancellation);
        await using var login = await LoginAsync(cancellation);
        await ConfigAsync(settings, cancellation);
        if (wishes.KeepPasswords)
            return;
        if (login is not null)
            await PasswordsAsync(login, cancellation);
        else
            steps.Go("passwords", $"Switch password logins off on {wishes.Target.Host}, once the key is proven.");
    }

    public ValueTask DisposeAsync() => agent?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HostKeyAsync(SshSettings settings, CancellationToken cancellation)
    {
        if (await KnownHost.IsKnownAsync(settings, cancellation))
        {
            steps.Already("host-key", $"The host key of {wishes.Target.Host} is known here.");
            return;
        }
        if (settings.IsIndirect)
            throw new SshException(SshFault.HostKeyUnknown, $"The host key of {wishes.Target.Host} is not known here, and the way there leads through another machine. Log in once by hand, ssh {wishes.Target.Destination}, and run this again.");
        var shown = await KnownHost.AskAsync(settings, cancellation);
        if (shown.Count == 0)   // ssh says why
            await using (await SshLogin.OpenAsync(wishes.Target, new() { MayAsk = false }, cancellation))
                throw new SshException(SshFault.Other, $"{wishes.Target.Host} shows no host key. Log in once by hand, ssh {wishes.Target.Destination}, and run this again.");
        var prints = string.Join(", ", shown);
        if (!steps.Go("host-key", $"Ask whether the fingerprint of {wishes.Target.Host} is right, and remember it: {prints}."))
            return;
        var right = Right(shown, prints);
        KnownHost.Remember(settings, right);
        steps.Done("host-key", $"The host key of {wishes.Target.Host} is remembered: {string.Join(", ", right)}.");
    }

    private IReadOnlyList<ShownKey> Right(IReadOnlyList<ShownKey> shown, string prints)
    {
        if (wishes.Fingerprint is { } wanted)
            return shown.Where(one => one.Fingerprint == wanted).ToArray() is { Length: > 0 } found ? found
                : throw new SshException(SshFault.HostKeyUnknown, $"{wishes.Target.Host} shows {prints}, and --fingerprint says {wanted}. Read it at the Pi's own screen: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; if it differs there too, something else answers under this name.");
        if (wishes.AcceptNew)
            return shown;
        var answer = Asker.Ask($"{wishes.Target.Host} is not known here. It shows the fingerprint {prints}. Is it right (yes/no)? ")
            ?? throw new SshException(SshFault.HostKeyUnknown, $"{wishes.Target.Host} is not known here, and there is no terminal to ask you on. It shows {prints}; if that is right, say so: --fingerprint {shown[0].Fingerprint}, or --accept-new.");
        return answer is "yes" or "y" ? shown : throw new SshException(SshFault.HostKeyUnknown, $"The fingerprint of {wishes.Target.Host} was not said to be right, so nothing was done. It stands at the Pi's own screen: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub.");
    }

    private async Task KeyAsync(CancellationToken cancellation)
    {
        if (key.Exists)
            steps.Already("key", $"The key {key.File} is there.");
        else if (steps.Go("key", $"Make the key {key.File} (ed25519){(wishes.Passphrase ? ", asking for a passphrase" : ", without a passphrase")}."))
        {
            await key.MakeAsync(wishes.Passphrase, cancellation);
            steps.Done("key", $"The key {key.File} is made; {key.File}.pub is what others get.");
        }
        if (!key.Exists || steps.DryRun || await key.IsOpenAsync(null, cancellation))
            return;
        // Every proof below is a login that may not ask.
        if (!await KeyPair.AgentIsThereAsync(cancellation))
            agent = await PrivateAgent.StartAsync(cancellation);
        await key.AddToAgentAsync(agent?.Socket, cancellation);
        if (!await key.IsOpenAsync(agent?.Socket, cancellation))
            throw new SshException(SshFault.KeyUnusable, $"The passphrase of {key.File} was not given. Run this again.");
        if (agent is null)
            steps.Done("key", "The SSH agent has the key.");
    }

    /// <summary>A login with the key and nothing else; null in a dry run where there is none yet.</summary>
    private async Task<SshLogin?> LoginAsync(CancellationToken cancellation)
    {
        if (key.Exists && await TryKeyAsync(cancellation) is { } works)
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

    private async Task ConfigAsync(SshSettings settings, CancellationToken cancellation)
    {
        var entry = SshConfigEntry.Entry(wishes.Target, key.File);
        if (settings.UsesKey(key.File))
            steps.Already("config", $"ssh uses the key for {wishes.Target.Host}.");
        else if (steps.Go("config", $"Add an entry for {wishes.Target.Host} to {SshFolder.Config}, so that ssh uses the key there."))
        {
            SshFolder.Write(SshFolder.Config, SshConfigEntry.Added(SshFolder.Read(SshFolder.Config), entry));
            if (!(await SshSettings.OfAsync(wishes.Target, cancellation)).UsesKey(key.File))
                throw new SshException(SshFault.Other, $"The entry for {wishes.Target.Host} is in {SshFolder.Config}, but ssh does not follow it: another setting goes before. ssh -G {wishes.Target.Host} shows what holds.");
            steps.Done("config", $"{SshFolder.Config} has an entry for {wishes.Target.Host}.");
        }
    }

    private async Task PasswordsAsync(SshLogin login, CancellationToken cancellation)
    {
        var passwords = new PasswordLogins(login, () => TryKeyAsync(cancellation));
        PasswordLogin = await passwords.AreTakenAsync(cancellation);
        if (PasswordLogin == false)
            steps.Already("passwords", $"{wishes.Target.Host} takes no passwords.");
        else if (steps.Go("passwords", $"Switch password logins off on {wishes.Target.Host}: {PasswordLogins.DropIn}, checked by sshd -t, and proven by a login with the key and one without."))
        {
            var where = await passwords.SwitchOffAsync(cancellation);
            PasswordLogin = false;
            steps.Done("passwords", $"{wishes.Target.Host} takes no passwords any more ({where}); a new login with the key works, one with a password is refused. sudo is as it was.");
        }
    }
}
