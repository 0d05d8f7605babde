using System.Diagnostics;

namespace PiStereoLink.Tests;

/// <summary>Runs a program to its end. A tool that is not installed skips the test with that reason.</summary>
internal static class Tool
{
    public sealed record Outcome(int ExitCode, string Output, string Errors);

    public static Task<Outcome> RunInstalledAsync(string name, params string[] arguments) => RunAsync(FindInstalled(name), arguments);

    /// <summary>The program of that name on the PATH; without one the test is skipped.</summary>
    public static string FindInstalled(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed; ./pistereolink test installs it where it can");
        return path!;
    }

    public static Task<Outcome> RunAsync(string path, params string[] arguments) => RunAsync(new ProcessStartInfo(path, arguments));

    /// <summary>Runs it with the environment that it is given.</summary>
    public static async Task<Outcome> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(120));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
