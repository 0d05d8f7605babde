namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Reads what ssh says when it fails. OpenSSH does not translate its messages.</summary>
internal static class SshTrouble
{
    /// <param name="target">Where it was to log in.</param>
    /// <param name="said">Its stderr.</param>
    /// <param name="couldAsk">Whether it could ask a person.</param>
    public static SshException Read(SshTarget target, string said, bool couldAsk)
    {
        var fault = Fault(said, couldAsk);
        return new(fault, Sentence(fault, target, said));
    }

    /// <summary>A login that ended in the middle of its work.</summary>
    /// <param name="target">Where.</param>
    /// <param name="said">By ssh itself, and not by a command over there.</param>
    public static SshException Lost(SshTarget target, string said) => new(SshFault.ConnectionLost, Sentence(SshFault.ConnectionLost, target, said));

    private static SshFault Fault(string said, bool couldAsk)
    {
        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
        return
            Says("Could not resolve hostname") ? SshFault.NameNotFound :
            Says("No route to host") || Says("Network is unreachable") || Says("Host is down") ? SshFault.NoRoute :
            Says("Connection refused") ? SshFault.PortClosed :
            Says("timed out") || Says("not responding") ? SshFault.TimedOut :
            Says("HOST IDENTIFICATION HAS CHANGED") ? SshFault.HostKeyChanged :
            Says("Host key verification failed") ? SshFault.HostKeyUnknown :
            Says("UNPROTECTED PRIVATE KEY FILE") || Says("error in libcrypto") || Says("not accessible") ? SshFault.KeyUnusable :
            Says("Too many authentication failures") ? SshFault.KeyRefused :
            Says("Permission denied") ? (couldAsk && AsksForPasswords(said) ? SshFault.PasswordRefused : SshFault.KeyRefused) :
            Says("kex_exchange_identification") ? SshFault.TurnedAway :
            Says("Connection closed") || Says("Connection reset") || Says("Broken pipe") || Says("disconnect") ? SshFault.ConnectionLost :
            SshFault.Other;
    }

    private static string Sentence(SshFault fault, SshTarget target, string said) => fault switch
    {
        SshFault.NameNotFound => $"The name {target.Host} is not found in this network. Is the Pi on, and did its first boot end (two minutes)? ./pistereolink find looks for it; its address does instead of the name.",
        SshFault.NoRoute => $"There is no way to {target.Host}: nothing answers at that address. Is the Pi on, and in the same network as this machine? ./pistereolink find looks for it.",
        SshFault.PortClosed => $"{target.Host} is there, but its SSH port ({target.Port ?? 22}) is closed. Switch SSH on, on the Pi: sudo raspi-config, Interface Options, SSH; or write the card anew with ./pistereolink sdcard.",
        SshFault.TimedOut => $"{target.Host} did not answer in time. Is it on, and does a firewall stand between? On a Pi's first boot it takes two minutes.",
        SshFault.HostKeyChanged => $"{target.Host} shows another host key than the one that this machine remembers. If its card was written anew, or another Pi has its address now, forget the old one: ssh-keygen -R {KnownName(target)}; if not, do not go on, for something else may answer under its name.",
        SshFault.HostKeyUnknown => $"The host key of {target.Host} is not known to this machine, and it was not said to be right. Log in once by hand: {Command(target)}; it shows the fingerprint and asks. ./pistereolink ssh-setup does it too.",
        SshFault.KeyUnusable => $"ssh cannot use the key{(target.Identity is { } file ? " " + file : "")}: {LastLine(said)}. It must be a private key that its owner alone may read (chmod 600).",
        SshFault.KeyRefused => $"{target} takes none of this machine's keys, and no password was asked for ({LastLine(said)}). Give it one with ./pistereolink ssh-setup {target.Destination}, or name the right one with --identity FILE.",
        SshFault.PasswordRefused => $"{target} refuses the password ({LastLine(said)}). Try again; the user and the password are those that were chosen when the card was written.",
        SshFault.TurnedAway => $"{target.Host} answers and hangs up before any login. After some refused passwords a new sshd (OpenSSH 9.8) turns an address away for a minute; or it is overloaded or just starting. Wait a minute and run the same again.",
        SshFault.ConnectionLost => $"The connection to {target.Host} was lost ({LastLine(said)}). Is the Pi still on, with enough power and a good Wi-Fi signal? Run the same again.",
        _ => $"ssh could not log in to {target}: {LastLine(said)}. {Command(target)} shows more.",
    };

    // It names the ways that are left: "Permission denied (publickey,password)."
    private static bool AsksForPasswords(string said) => LastLine(said) is var last && (last.Contains("password", StringComparison.Ordinal) || last.Contains("keyboard-interactive", StringComparison.Ordinal));

    private static string Command(SshTarget target) => $"ssh {(target.Port is { } port ? $"-p {port} " : "")}{target.Destination}";

    /// <summary>As a host stands in known_hosts.</summary>
    public static string KnownName(SshTarget target) => target.Port is null or 22 ? target.Host : $"\"[{target.Host}]:{target.Port}\"";

    private static string LastLine(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()?.TrimEnd('.') ?? "it said nothing";
}
