using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>A password or passphrase: from a file, or asked for without showing it. Never from the command line, which every user can read.</summary>
public static class Secret
{
    /// <summary>The first line of the file, or what is typed, twice.</summary>
    /// <param name="file">The file, or null to ask.</param>
    /// <param name="what">What it is, as <c>password of alice</c>.</param>
    /// <param name="option">The option that names a file, for who cannot be asked.</param>
    public static string Get(string? file, string what, string option)
    {
        if (file is not null)
            return File.Exists(file)
                ? File.ReadAllText(file).TrimStart('\uFEFF').Split('\n')[0].TrimEnd('\r')
                : throw new FileNotFoundException($"{option} {file}: there is no such file; its first line is to be the {what}.");
        if (Console.IsInputRedirected)
            throw new FormatException($"The {what} is needed, and there is no terminal to ask at; {option} FILE names a file whose first line it is.");
        while (true)
        {
            var first = Ask($"The {what} (not shown): ");
            if (first == Ask("Once more: "))
                return first;
            Console.Error.WriteLine("They are not the same; again, please.");
        }
    }

    private static string Ask(string question)
    {
        _ = Console.KeyAvailable;       // switches the terminal's echo off, before somebody answers quickly
        Console.Error.Write(question);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            if (key.Key == ConsoleKey.Backspace)
                text.Length -= Math.Min(text.Length, 1);
            else if (key.KeyChar != '\0')
                text.Append(key.KeyChar);
        Console.Error.WriteLine();
        return text.ToString();
    }
}
