using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>An SSH agent for this run alone, where the user has none: a passphrase is then asked for once, and not by every login.</summary>
internal sealed class PrivateAgent : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-");
    private readonly Process process;

    private PrivateAgent() => process = SshProcess.Start("ssh-agent", ["-D", "-a", Socket]);

    public string Socket => Path.Combine(folder.FullName, "agent");

    public static async Task<PrivateAgent> StartAsync(CancellationToken cancellation)
    {
        var agent = new PrivateAgent();
        // It prints how to reach it once it can be reached.
        await agent.process.StandardOutput.ReadLineAsync(cancellation);
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
