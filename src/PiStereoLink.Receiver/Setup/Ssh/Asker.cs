using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Who can be asked: the person at the terminal, else through the program that SSH_ASKPASS names, as ssh itself does it.</summary>
internal static class Asker
{
    /// <summary>Whether there is anybody.</summary>
    public static bool IsThere => Terminal || AskPass is not null;

    /// <summary>ssh reads passwords from the terminal itself, even where stdin is something else.</summary>
    private static bool Terminal { get; } = OperatingSystem.IsWindows() ? !Console.IsInputRedirected : OpensTerminal();

    // ssh uses it where there is no terminal, or where it is told to.
    private static string? AskPass =>
        Environment.GetEnvironmentVariable("SSH_ASKPASS") is { Length: > 0 } program &&
        (Environment.GetEnvironmentVariable("SSH_ASKPASS_REQUIRE") is "force" or "prefer" || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }) ? program : null;

    private static bool GoesToProgram => AskPass is not null && (!Terminal || Environment.GetEnvironmentVariable("SSH_ASKPASS_REQUIRE") is "force" or "prefer");

    /// <summary>Asks a question; null where there is nobody to answer it.</summary>
    public static string? Ask(string question)
    {
        if (GoesToProgram)
            return FromProgram(AskPass!, question);
        if (!Terminal || Console.IsInputRedirected)
            return null;
        Console.Error.Write(question);
        return Console.ReadLine()?.Trim();
    }

    /// <summary>Asks for a secret; null where there is nobody, or nothing was said.</summary>
    public static string? Secret(string question)
    {
        if (GoesToProgram)
            return FromProgram(AskPass!, question);
        if (!Terminal || Console.IsInputRedirected)
            return null;
        Console.Error.Write(question);
        var secret = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && secret.Count > 0)
                secret.RemoveAt(secret.Count - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.Add(key.KeyChar);
        }
        Console.Error.WriteLine();
        return secret.Count == 0 ? null : new([.. secret]);
    }

    private static string? FromProgram(string program, string question)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [question]) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadLine();
        process.WaitForExit();
        return process.ExitCode == 0 && answer is { Length: > 0 } ? answer : null;
    }

    private static bool OpensTerminal()
    {
        try
        {
            using var terminal = File.Open("/dev/tty", FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
