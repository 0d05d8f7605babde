namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>What the Pi is told on its first boot.</summary>
/// <param name="User">Who logs in.</param>
/// <param name="PasswordHash">As in /etc/shadow; null for an account without a password, which only a key opens.</param>
/// <param name="Hostname">The Pi's name.</param>
/// <param name="Keys">Public keys that may log in, as in authorized_keys. With one, passwords are no longer asked for.</param>
/// <param name="Wifi">The network, or null for a cable.</param>
/// <param name="Timezone">As in the tz database, or null to leave the image's.</param>
public sealed record CardSettings(string User, string? PasswordHash, string Hostname, IReadOnlyList<string> Keys, WifiNetwork? Wifi, string? Timezone)
{
    private const string Hidden = "********";

    /// <summary>Whether sshd takes passwords.</summary>
    public bool PasswordLogin => Keys.Count == 0;

    /// <summary>The same with stars for secrets, to be shown.</summary>
    public CardSettings Masked => this with
    {
        PasswordHash = PasswordHash is null ? null : Hidden,
        Wifi = Wifi is null ? null : Wifi with { Key = Hidden },
    };
}
