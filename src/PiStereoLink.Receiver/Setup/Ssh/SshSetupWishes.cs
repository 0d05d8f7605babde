namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>How ssh-setup is to go about it.</summary>
/// <param name="Target">Where; without a key.</param>
/// <param name="Key">The private key; made where there is none.</param>
/// <param name="Passphrase">Whether a new key gets one.</param>
/// <param name="AcceptNew">Takes an unknown host key without asking.</param>
/// <param name="Fingerprint">The only host key that is right, or null.</param>
/// <param name="KeepPasswords">Leaves the Pi's settings as they are.</param>
internal sealed record SshSetupWishes(SshTarget Target, string Key, bool Passphrase, bool AcceptNew, string? Fingerprint, bool KeepPasswords);
