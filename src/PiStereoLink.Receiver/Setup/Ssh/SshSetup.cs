namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>
/// From a password to a key, as ssh-setup.md does it by hand: each step looks first whether it is done already, and
/// passwords are switched off only once the key is proven.
/// </summary>
internal sealed partial class SshSetup(SshSetupWishes wishes, SetupSteps steps) : IAsyncDisposable
{
    private readonly KeyPair key = new(wishes.Key);
    private readonly SshTarget withKey = wishes.Target with { Identity = wishes.Key };
    private PrivateAgent? agent;
    private bool keyIsNew;

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

    private async Task KeyAsync(CancellationToken cancellation)
    {
        if (key.Exists)
            steps.Already("key", $"The key {key.File} is there.");
        else if (steps.Go("key", $"Make the key {key.File} (ed25519){(wishes.Passphrase ? ", asking for a passphrase" : ", without a passphrase")}."))
        {
            await key.MakeAsync(wishes.Passphrase, cancellation);
            keyIsNew = true;
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
        else
            await Console.Error.WriteLineAsync($"No SSH agent runs here, so ssh will ask for the passphrase at every login. This asks once: eval \"$(ssh-agent)\"; ssh-add {key.File}");
    }

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
