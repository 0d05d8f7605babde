namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>How to log in.</summary>
public sealed record SshLoginOptions
{
    /// <summary>Whether ssh may ask for a password, a passphrase or whether a host key is right. Default: where there is somebody to ask.</summary>
    public bool MayAsk { get; init; } = Asker.IsThere;

    /// <summary>Whether a person may be asked for sudo's password.</summary>
    public bool MayAskForSudo { get; init; } = Asker.IsThere;

    /// <summary>Another ssh than the one on the PATH.</summary>
    public string Program { get; init; } = "ssh";

    /// <summary>Further settings of ssh_config(5) that go before the user's own, such as <c>PasswordAuthentication=no</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
