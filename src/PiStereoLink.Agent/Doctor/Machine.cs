using System.Diagnostics;

namespace PiStereoLink.Agent;

/// <summary>The machine that the doctor looks at: its files, and the programs that can be asked. Tests put one of their own here.</summary>
/// <param name="root">Where its files begin.</param>
public sealed class Machine(string root = "/")
{
    /// <summary>None of the programs asked has more to do than to look something up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Root => root;

    /// <summary>Where a program of this name lies; null when it is not installed.</summary>
    public Func<string, string?> Find { get; init; } = Executables.Find;

    /// <summary>Whether this process may read and write it.</summary>
    public Func<string, bool> CanUse { get; init; } = Native.CanReadAndWrite;

    /// <summary>Whether the kernel holds its clock for set.</summary>
    public Func<bool> ClockIsSet { get; init; } = Native.ClockIsSet;

    public string At(string path) => Path.Combine(root, path);

    /// <summary>A small file's text without the white space and zeros around it; null when it is not there or not to be read.</summary>
    public string? Read(string path)
    {
        try
        {
            return File.Exists(At(path)) ? File.ReadAllText(At(path)).Trim().Trim('\0') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IEnumerable<string> Lines(string path) => (Read(path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What lies in a folder and begins like this, as full paths.</summary>
    public IReadOnlyList<string> In(string folder, string beginning = "") =>
        Directory.Exists(At(folder)) ? [.. Directory.EnumerateFileSystemEntries(At(folder), beginning + "*").Order(StringComparer.Ordinal)] : [];

    /// <summary>What a program prints; null when it is not installed, fails or does not answer.</summary>
    public async Task<string?> AskAsync(string program, params string[] arguments)
    {
        if (Find(program) is not { } path)
            return null;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
        return process.ExitCode == 0 ? (await output).Trim() : null;
    }
}
