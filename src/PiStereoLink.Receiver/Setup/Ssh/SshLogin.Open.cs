using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

// How a login begins.
public sealed partial class SshLogin
{
    // Somebody has to find and type the password; without anybody there is only the network to wait for.
    private static readonly TimeSpan LoginLimitWithAsker = TimeSpan.FromMinutes(5), LoginLimit = TimeSpan.FromSeconds(60);

    private const string LoggedIn = "pistereolink-logged-in";

    /// <summary>Logs in.</summary>
    /// <exception cref="SshException">It cannot; its sentence says why.</exception>
    public static async Task<SshLogin> OpenAsync(SshTarget target, SshLoginOptions options, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            var each = new SshLogin(target, options, null, null);
            await each.RunAsync(":", cancellation: cancellation);
            return each;
        }
        // Mode 0700: whoever reaches the socket is logged in. A short name: a socket's path has room for about 100 bytes.
        var folder = Directory.CreateTempSubdirectory("psl-");
        var login = new SshLogin(target, options, folder, StartMaster(target, options, folder));
        try
        {
            await login.GreetingAsync(cancellation);
            return login;
        }
        catch
        {
            await login.DisposeAsync();
            throw;
        }
    }

    // It lives as long as its stdin, so it does not outlive this program, however that ends.
    private static Process StartMaster(SshTarget target, SshLoginOptions options, DirectoryInfo folder)
    {
        try
        {
            return SshProcess.Start(options.Program,
                [.. Common, "-o", "ControlMaster=yes", "-o", $"ControlPath={Socket(folder)}", .. Settings(target, options), "--", target.Destination, ShellText.Script($"echo {LoggedIn}; cat >/dev/null")]);
        }
        catch (SshException)
        {
            folder.Delete();
            throw;
        }
    }

    private async Task GreetingAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.MayAsk ? LoginLimitWithAsker : LoginLimit);
        try
        {
            // A login may print other things before.
            while (await master!.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
                if (line == LoggedIn)
                    return;
            throw SshTrouble.Read(Target, await masterErrors.WaitAsync(deadline.Token), options.MayAsk);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw SshTrouble.Read(Target, "timed out", options.MayAsk);
        }
    }
}
