using System.Diagnostics;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>The system's own programs: mount, ip, kill.</summary>
internal static class Shell
{
    /// <summary>Runs one to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(name), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim()
            : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }

    /// <summary>Where it is, in the folders of the administrator too.</summary>
    public static string Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"{name} is not installed.");

    /// <summary>Why these cannot be used here, or null.</summary>
    public static string? WhyNot(params string[] names) =>
        !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "only root on Linux can do this"
            : names.FirstOrDefault(name => !Folders.Any(folder => File.Exists(Path.Combine(folder, name)))) is { } missing ? $"{missing} is not installed" : null;

    private static string[] Folders => [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin", "/usr/bin", "/bin"];
}
