using System.Text;

namespace PiStereoLink.Receiver.Setup.Ssh;

// What takes root over there: through sudo, which may ask.
public sealed partial class SshLogin
{
    private string? sudoPassword;
    private string[]? sudo;     // how it is called; null until it was tried

    /// <summary>Like <see cref="RunAsync(string, Stream?, TimeSpan?, CancellationToken)"/>, as root.</summary>
    /// <exception cref="SshException">There is nobody to ask for sudo's password, or it is refused.</exception>
    public async Task<SshAnswer> RunAsRootAsync(string script, Stream? input = null, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        sudo ??= await FindSudoAsync(cancellation);
        using var output = new BoundedStream(SshProcess.MaxOutputBytes);
        // sudo reads its line byte by byte and leaves the rest to the command. -k: it always asks, so the line is never the command's.
        using var first = sudoPassword is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(sudoPassword + "\n"));
        using var both = first is null ? null : new TwoStreams(first, input);
        var (exitCode, errors) = await RunAsync(ShellText.Script(script, sudo), both ?? input, output, limit, cancellation);
        return new(exitCode, output.ToString(), errors);
    }

    private async Task<string[]> FindSudoAsync(CancellationToken cancellation)
    {
        var tried = await RunAsync("[ \"$(id -u)\" -ne 0 ] || exit 9; sudo -k -n true", cancellation: cancellation);
        if (tried.ExitCode == 9)
            return [];
        if (tried.Done)
            return ["sudo", "-n"];
        if (tried.Errors.Contains("not found", StringComparison.Ordinal))
            throw new SshException(SshFault.SudoRefused, $"There is no sudo on {Target.Host}. Log in as root, or install sudo there and put {Target.User ?? "the user"} into its group.");
        if (!options.MayAskForSudo)
            throw new SshException(SshFault.SudoAsks, $"sudo on {Target.Host} asks for a password, and there is no terminal here to ask you on. Run this in a terminal.");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var password = Asker.Secret($"Password of {Target.Destination} for sudo: ")
                ?? throw new SshException(SshFault.SudoAsks, $"sudo on {Target.Host} asks for a password, and none was given. Run this again and give it.");
            using var line = new MemoryStream(Encoding.UTF8.GetBytes(password + "\n"));
            tried = await RunAsync("sudo -S -k -p '' true", line, cancellation: cancellation);
            if (tried.Done)
            {
                sudoPassword = password;
                return ["sudo", "-S", "-k", "-p", "''"];
            }
            if (tried.Errors.Contains("sudoers", StringComparison.Ordinal) || tried.Errors.Contains("may not run", StringComparison.Ordinal))
                throw new SshException(SshFault.SudoRefused, $"{Target.Destination} may not use sudo there ({tried.LastWords}). Log in as a user who may, such as the one that was made with the card.");
        }
        throw new SshException(SshFault.SudoRefused, $"sudo on {Target.Host} refuses the password of {Target.User ?? "this user"} ({tried.LastWords}). Run this again with the right one.");
    }
}
