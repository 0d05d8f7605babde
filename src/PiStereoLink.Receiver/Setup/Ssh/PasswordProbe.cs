namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Logs in as somebody who has no key would, to see whether a password would be asked for. None is given.</summary>
internal static class PasswordProbe
{
    /// <summary>The line in which sshd names the ways that it takes, where a password is among them; null where none is.</summary>
    public static async Task<string?> AsksAsync(SshTarget target, CancellationToken cancellation)
    {
        string[] port = target.Port is { } given ? ["-p", $"{given}"] : [];
        var answer = await SshProcess.RunAsync("ssh",
            [.. port, "-o", "ControlPath=none", "-o", "BatchMode=yes", "-o", "PubkeyAuthentication=no", "-o", "ConnectTimeout=10", "-o", "LogLevel=INFO", "--", target.Destination, "true"], null, cancellation);
        // "pi@raspberrypi.local: Permission denied (publickey,password)."
        var refusal = answer.Errors.Split('\n').LastOrDefault(line => line.Contains("Permission denied (", StringComparison.Ordinal));
        if (refusal is null)
            throw answer.Done
                ? new SshException(SshFault.Other, $"{target} lets anybody in, without a key or a password: look into its sshd_config for PermitEmptyPasswords, and give the user a password.")
                : SshTrouble.Read(target, answer.Errors, couldAsk: false);
        return refusal.Contains("password", StringComparison.Ordinal) || refusal.Contains("keyboard-interactive", StringComparison.Ordinal) ? refusal.Trim() : null;
    }
}
