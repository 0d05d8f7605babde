using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>
/// Builds the agent for another machine: one file with its .NET where the package feed has what that takes, else without, for a .NET that
/// is there. What was built is kept in the user's cache under a name that follows from the sources.
/// </summary>
internal static class AgentBuild
{
    /// <summary>What the agent is built from.</summary>
    private static readonly string[] Sources = ["src/PiStereoLink.Agent", "src/PiStereoLink.Protocol", "compat/System.Device.Gpio", "compat/Iot.Device.Bindings"];

    /// <summary>No such package, no feed to ask, no program to start it by, no runtime.</summary>
    private static readonly string[] NoPacks = ["NU1101", "NU1102", "NU1103", "NU1301", "NETSDK1084", "NETSDK1112"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>The folder of the published agent.</summary>
    /// <exception cref="DeployException">The sources or the SDK are not there, or the build fails.</exception>
    public static async Task<string> PublishAsync(string rid, Action<string> say, CancellationToken cancellation)
    {
        var root = Root(AppContext.BaseDirectory) ?? throw new DeployException("The sources of the agent are not found beside this program. Run ./pistereolink deploy in a clone of the repository, or give a published agent with --agent DIR.");
        var cache = Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "pistereolink", "agent");
        var folder = Path.Combine(cache, $"{rid}-{Digest(root)}");
        if (Directory.Exists(folder))
            return folder;

        var work = Path.Combine(cache, $".{Environment.ProcessId}");
        try
        {
            var common = new[] { "publish", Path.Combine(root, "src", "PiStereoLink.Agent"), "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", $"-p:ArtifactsPath={Path.Combine(work, "build")}", "-o", Path.Combine(work, "agent") };
            say($"Building the agent for {rid}, with its .NET ...");
            var (exitCode, output) = await DotnetAsync(root, [.. common, "-r", rid, "--self-contained", "-p:PublishSingleFile=true"], cancellation);
            if (exitCode != 0 && HasNoPacks(output))
            {
                say($"No .NET for {rid} is to be had from the package feed here: building an agent that uses the one on the machine ...");
                (exitCode, output) = await DotnetAsync(root, [.. common, "-p:UseAppHost=false"], cancellation);
            }
            if (exitCode != 0)
                throw new DeployException($"The agent cannot be built: {FirstError(output)} Correct that and run this again; dotnet build src/PiStereoLink.Agent shows all of it.");
            Directory.Move(Path.Combine(work, "agent"), folder);
            foreach (var old in Directory.EnumerateDirectories(cache, $"{rid}-*").Where(old => old != folder))
                Directory.Delete(old, recursive: true);
            return folder;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private static string? Root(string? folder) => folder is null || File.Exists(Path.Combine(folder, "PiStereoLink.sln")) ? folder : Root(Path.GetDirectoryName(folder));

    private static bool HasNoPacks(string output) => NoPacks.Any(code => output.Contains(code, StringComparison.Ordinal));

    private static string FirstError(string output) =>
        output.Split('\n').FirstOrDefault(line => line.Contains("error ", StringComparison.Ordinal)) is { } line ? line[line.IndexOf("error ", StringComparison.Ordinal)..].Trim().TrimEnd('.') + "." : "dotnet publish failed without saying why.";

    private static string Digest(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(root, "Directory.*").Append(Path.Combine(root, "global.json")).Concat(Directory.EnumerateFiles(root, "CardPackages.user.props"))
            .Concat(Sources.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)));
        foreach (var file in files.Where(IsSource).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, file) + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string root, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"], start.Environment["DOTNET_NOLOGO"], start.Environment["UseSharedCompilation"]) = ("1", "1", "false");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Limit);
        try
        {
            using var process = Process.Start(start)!;
            await using var end = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
            process.StandardInput.Close();
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None);
            deadline.Token.ThrowIfCancellationRequested();
            return (process.ExitCode, string.Concat(texts));
        }
        catch (Win32Exception e)
        {
            throw new DeployException("Building the agent takes the .NET 10 SDK, and there is no dotnet on the PATH. Install it (https://dotnet.microsoft.com/download/dotnet/10.0), or give a published agent with --agent DIR.", e);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeployException($"Building the agent took longer than {Limit.TotalMinutes:0} min and was given up. Run this again, or give a published agent with --agent DIR.");
        }
    }
}
