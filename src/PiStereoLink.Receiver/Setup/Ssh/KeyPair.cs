using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>The key to log in with: a private file that never leaves this machine, and its public half.</summary>
internal sealed class KeyPair(string file)
{
    public string File { get; } = file;

    public bool Exists => System.IO.File.Exists(File);

    /// <summary>Makes it (ed25519); ssh-keygen asks for the passphrase itself.</summary>
    public async Task MakeAsync(bool withPassphrase, CancellationToken cancellation)
    {
        if (withPassphrase && !Asker.IsThere)
            throw new SshException(SshFault.KeyUnusable, $"There is no key {File}, and no terminal here to ask for its passphrase on. Run this in a terminal, or with --no-passphrase, which leaves the key open to whoever reads that file.");
        if (Path.GetDirectoryName(File) is { Length: > 0 } folder)
            Trust.PrivateFolder.Create(folder);
        string[] passphrase = withPassphrase ? [] : ["-N", ""];
        await AskingAsync("ssh-keygen", ["-q", "-t", "ed25519", "-C", $"pistereolink@{Environment.MachineName}", "-f", File, .. passphrase], [], cancellation);
        if (!Exists)
            throw new SshException(SshFault.KeyUnusable, $"ssh-keygen made no key {File}: see above. Run this again.");
    }

    /// <summary>The line for authorized_keys, without its comment. Where the public half is not beside the private one, ssh-keygen works it out.</summary>
    public async Task<string> PublicAsync(CancellationToken cancellation)
    {
        var text = System.IO.File.Exists(File + ".pub")
            ? await System.IO.File.ReadAllTextAsync(File + ".pub", cancellation)
            : (await SshProcess.RunAsync("ssh-keygen", ["-y", "-P", "", "-f", File], null, cancellation)).Output;
        return text.Split(' ', StringSplitOptions.TrimEntries) is [var kind, var key, ..] ? $"{kind} {key}"
            : throw new SshException(SshFault.KeyUnusable, $"{File}.pub holds no public key. Make it anew from the private one: ssh-keygen -y -f {File} >{File}.pub");
    }

    /// <summary>Whether it can be used without asking for a passphrase, through that agent where one is given.</summary>
    public async Task<bool> IsOpenAsync(string? agent, CancellationToken cancellation) =>
        (await SshProcess.RunAsync("ssh-keygen", ["-y", "-P", "", "-f", File], null, cancellation)).Done ||
        (await SshProcess.RunAsync("ssh-add", ["-L"], null, cancellation, agent)).Output.Contains(await PublicAsync(cancellation), StringComparison.Ordinal);

    /// <summary>Whether an SSH agent answers.</summary>
    public static async Task<bool> AgentIsThereAsync(CancellationToken cancellation) => (await SshProcess.RunAsync("ssh-add", ["-l"], null, cancellation)).ExitCode is 0 or 1;

    /// <summary>Gives it to the agent; ssh-add asks for the passphrase, once.</summary>
    public Task AddToAgentAsync(string? agent, CancellationToken cancellation) =>
        AskingAsync("ssh-add", [File], agent is null ? [] : new() { ["SSH_AUTH_SOCK"] = agent }, cancellation);

    // With this program's own streams, because it asks; neither prints anything on stdout.
    private static async Task AskingAsync(string program, string[] arguments, Dictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
    }
}
