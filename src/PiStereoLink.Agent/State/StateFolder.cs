using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// Who this installation is and which run this is: together they make every frame's identity unlike any other.
/// The folder is locked while the agent lives, since two agents would number their frames alike.
/// </summary>
public sealed class StateFolder : IDisposable
{
    private const int WouldBlock = 11;     // EWOULDBLOCK of flock, which .NET passes on as the HResult

    private readonly FileStream held;

    private StateFolder(FileStream held, string path, string installId, uint run) => (this.held, Path, InstallId, Run) = (held, path, installId, run);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Random, made once with the folder.</summary>
    public string InstallId { get; }

    /// <summary>Counts the starts of the agent; on disk before the first frame is taken.</summary>
    public uint Run { get; }

    /// <summary>systemd's folder for the service, else the user's own.</summary>
    public static string DefaultPath =>
        Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } given ? given.Split(':')[0] :
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } user ? System.IO.Path.Combine(user, "pistereolink", "agent") :
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "pistereolink", "agent");

    /// <summary>Takes the folder for this process and begins the next run.</summary>
    /// <exception cref="StateException">Another agent has it, or it cannot be written.</exception>
    public static StateFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            DurableFolder.Create(path);
            var held = Lock(path);
            try
            {
                var (installId, run) = NextRun(path);
                return new StateFolder(held, path, installId, run);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state folder {path} cannot be written: {e.Message} Give a folder that can with --state DIR.", e);
        }
    }

    public void Dispose() => held.Dispose();

    /// <summary>An flock, which the kernel lets go when the process ends, however it ends.</summary>
    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new StateException($"Another agent is using the state folder {path}. Stop it, or give this one its own with --state DIR.", e);
        }
    }

    private static (string InstallId, uint Run) NextRun(string path)
    {
        var idFile = System.IO.Path.Combine(path, "install-id");
        var runFile = System.IO.Path.Combine(path, "run");
        var installId = Read(idFile);
        var known = installId is { Length: 32 } && installId.All(char.IsAsciiHexDigitLower)
            && uint.TryParse(Read(runFile), NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < uint.MaxValue
            ? last
            : (uint?)null;
        if (known is null)
        {
            // A lost counter would begin again at 1 and repeat identities; under a new id it is another installation.
            installId = Guid.NewGuid().ToString("n");
            File.Delete(runFile);
            DurableFile.Write(idFile, installId);
        }
        var run = (known ?? 0) + 1;
        DurableFile.Write(runFile, run.ToString(CultureInfo.InvariantCulture));
        return (installId!, run);
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}

internal static class StateFeature
{
    public static HostApplicationBuilder AddState(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => StateFolder.Open(
            services.GetRequiredService<IOptions<AgentOptions>>().Value.State ?? StateFolder.DefaultPath));
        // It takes a lock and counts a run, which a start that fails for another reason need not.
        builder.Services.AddSingleton(services => new Lazy<StateFolder>(services.GetRequiredService<StateFolder>));
        return builder;
    }
}
