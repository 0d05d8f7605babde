using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>
/// A login on another machine by the system's ssh, with its settings, its keys and its agent. One login serves every
/// command (ssh's ControlMaster), so a password is asked for once; Windows' ssh cannot do that and logs in each time.
/// </summary>
public sealed partial class SshLogin : IAsyncDisposable
{
    /// <summary>For one command, unless it is given another limit.</summary>
    public static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    // ssh itself looks for the connection: seconds to connect, and after 15 s without any answer it is lost.
    private static readonly string[] Common =
    [
        "-T", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3", "-o", "LogLevel=INFO",
        "-o", "RemoteCommand=none", "-o", "ClearAllForwardings=yes", "-o", "ForwardAgent=no", "-o", "ForwardX11=no", "-o", "ControlPersist=no",
    ];

    private readonly SshLoginOptions options;
    private readonly DirectoryInfo? folder;
    private readonly Process? master;
    private readonly Task<string> masterErrors;

    private SshLogin(SshTarget target, SshLoginOptions options, DirectoryInfo? folder, Process? master)
    {
        (Target, this.options, this.folder, this.master) = (target, options, folder, master);
        masterErrors = master is null ? Task.FromResult("") : SshProcess.ErrorsAsync(master, CancellationToken.None);
    }

    public SshTarget Target { get; }

    /// <summary>Runs a script by sh over there; stdin is <paramref name="input"/>, or empty.</summary>
    /// <exception cref="SshException">The connection is lost, or it took longer than <paramref name="limit"/>. A failed script is an answer.</exception>
    public async Task<SshAnswer> RunAsync(string script, Stream? input = null, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        using var output = new BoundedStream(SshProcess.MaxOutputBytes);
        var (exitCode, errors) = await RunAsync(ShellText.Script(script), input, output, limit, cancellation);
        return new(exitCode, output.ToString(), errors);
    }

    /// <summary>Logs out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (master is null)
            return;
        master.StandardInput.Close();
        if (!await Ends(master))
            master.Kill();
        await master.WaitForExitAsync();
        master.Dispose();
        folder!.Delete(recursive: true);
    }

    private async Task<(int ExitCode, string Errors)> RunAsync(string command, Stream? input, Stream output, TimeSpan? limit, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit ?? CommandLimit);
        try
        {
            // Over the master alone: without it ssh would log in anew, and perhaps ask again; there is no way for that.
            string[] way = folder is null ? Settings(Target, options) : ["-o", "ControlMaster=no", "-o", $"ControlPath={Socket(folder)}", "-o", "BatchMode=yes", "-o", "ProxyCommand=false"];
            var (exitCode, errors) = await SshProcess.RunAsync(options.Program, [.. Common, .. way, "--", Target.Destination, command], input, output, deadline.Token);
            // ssh's own failures are 255 too, as a command's own may be.
            if (exitCode == 255 && master is null)
                throw SshTrouble.Read(Target, errors, options.MayAsk);
            if (exitCode == 255 && await Ends(master!))
                throw SshTrouble.Lost(Target, await masterErrors);
            return (exitCode, errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SshException(SshFault.CommandTooLong, $"A command on {Target.Host} took longer than {(limit ?? CommandLimit).TotalSeconds:0} s and was given up. Is the Pi overloaded, or its connection bad? Run the same again.");
        }
    }

    private static string Socket(DirectoryInfo folder) => Path.Combine(folder.FullName, "s");

    private static string[] Settings(SshTarget target, SshLoginOptions options) =>
    [
        "-o", $"BatchMode={(options.MayAsk ? "no" : "yes")}",
        .. options.Settings.SelectMany(setting => new[] { "-o", setting }),
        .. target.Port is { } port ? new[] { "-p", $"{port}" } : [],
        .. target.Identity is { } identity ? new[] { "-i", identity, "-o", "IdentitiesOnly=yes" } : [],
    ];

    // A process whose connection is gone needs a moment to say so.
    private static async Task<bool> Ends(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(2));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
