namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Back to passwords. These first, so that nobody is locked out; the key itself stays on this machine.</summary>
internal sealed class SshSetupUndo(SshSetupWishes wishes, SetupSteps steps)
{
    private readonly KeyPair key = new(wishes.Key);

    /// <summary>Whether the Pi takes passwords now.</summary>
    public bool? PasswordLogin { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (steps.Go("passwords", $"Take {PasswordLogins.DropIn} away on {wishes.Target.Host}, so that passwords are taken again.") &
            steps.Go("login", $"Take the key out of ~/.ssh/authorized_keys of {wishes.Target}."))
            await TakeAwayThereAsync(cancellation);

        var config = SshFolder.Read(SshFolder.Config);
        var without = SshConfigEntry.Removed(config, SshConfigEntry.Entry(wishes.Target, key.File));
        if (without == config)
            steps.Already("config", $"{SshFolder.Config} has no entry of ssh-setup for {wishes.Target.Host}.");
        else if (steps.Go("config", $"Take the entry for {wishes.Target.Host} out of {SshFolder.Config}."))
        {
            SshFolder.Write(SshFolder.Config, without);
            steps.Done("config", $"The entry for {wishes.Target.Host} is out of {SshFolder.Config}. The key {key.File} stays.");
        }
    }

    private async Task TakeAwayThereAsync(CancellationToken cancellation)
    {
        var target = key.Exists ? wishes.Target with { Identity = key.File } : wishes.Target;
        await using var login = await SshLogin.OpenAsync(target, new(), cancellation);
        var passwords = new PasswordLogins(login, () => Task.FromResult<SshLogin?>(null));
        if (await passwords.UndoAsync(cancellation))
            steps.Done("passwords", $"{PasswordLogins.DropIn} is gone from {wishes.Target.Host}.");
        else
            steps.Already("passwords", $"{wishes.Target.Host} has no settings of ssh-setup.");
        PasswordLogin = await passwords.AreTakenAsync(cancellation);
        if (!key.Exists)
            return;
        if (PasswordLogin == false)
            throw new SshException(SshFault.Other, $"{wishes.Target.Host} takes no passwords even so, by settings of others, so the key stays there: without it nobody could log in.");
        var line = await key.PublicAsync(cancellation);
        if (!await AuthorizedKeys.HasAsync(login, line, cancellation))
        {
            steps.Already("login", $"{wishes.Target} does not have the key.");
            return;
        }
        await AuthorizedKeys.RemoveAsync(login, line, cancellation);
        steps.Done("login", $"{wishes.Target} does not take the key any more.");
    }
}
