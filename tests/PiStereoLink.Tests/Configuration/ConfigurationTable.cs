using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Configuration;

/// <summary>One row: which options of the programs, which of ours, and what these get of it.</summary>
internal sealed record ConfigurationRow(string Rpicam, string Raspi, string Ours, string RpicamGets, string RaspiGets)
{
    /// <summary>The example, as words; empty for a row without one.</summary>
    public string[] Example => Ours.StartsWith('`') ? Ours.Trim('`').Split(' ') : [];

    /// <summary>The example is a whole command line.</summary>
    public bool IsCommand => Example is ["agent", ..];

    public bool IsAlways => Ours == "always";

    public bool IsNotOffered => Ours.StartsWith("not offered: ", StringComparison.Ordinal);
}

/// <summary>An option by its names, one program that has it, and since when.</summary>
internal sealed record OptionOfProgram(string Names, string Program, string Since);

/// <summary>The tables of docs/configuration.md.</summary>
internal static partial class ConfigurationTable
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root!, "docs", "configuration.md"));

    public static ConfigurationRow[] Rows { get; } =
        [.. Cells("| rpicam-\\*, libcamera-\\* | raspi\\* | Ours |").Select(cells => new ConfigurationRow(cells[0], cells[1], cells[2], cells[3], cells[4]))];

    /// <summary>The rows of every table that begins so.</summary>
    public static IEnumerable<string[]> Cells(string heading)
    {
        var inTable = false;
        foreach (var line in Lines)
        {
            if (inTable && line.StartsWith("| ", StringComparison.Ordinal))
                yield return [.. line[1..^1].Split('|').Select(cell => cell.Trim())];
            inTable = line.StartsWith(heading, StringComparison.Ordinal) || inTable && line.StartsWith('|');
        }
    }

    /// <summary>
    /// The options in a cell such as <c>`-w` `--width`, `--zsl` (still, since 2023-10)</c>, once for each program that has them: those in the
    /// brackets, else <paramref name="all"/>.
    /// </summary>
    public static IEnumerable<OptionOfProgram> Options(string cell, string[] all)
    {
        foreach (Match option in OptionInCell().Matches(cell))
        {
            var names = string.Join(' ', NameInCell().Matches(option.Groups["names"].Value).Select(name => name.Value).Order(StringComparer.Ordinal));
            var told = option.Groups["who"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part => $" {part}".Split(" since ")).ToArray();
            var since = told.FirstOrDefault(part => part[0].Length == 0)?[1] ?? "";
            var programs = told.Where(part => part[0].Length > 0).ToArray();
            foreach (var program in programs.Length == 0 ? [.. all.Select(name => (string[])[name])] : programs)
                yield return new(names, program[0].Trim(), program.Length > 1 ? program[1] : since);
        }
    }

    /// <summary>What a cell such as <c>still `-q 70`, vid `-b 12902400`</c> says of one of the two.</summary>
    public static string? For(string kind, string cell)
    {
        var parts = PartOfCell().Matches(cell);
        return cell.StartsWith("refused: ", StringComparison.Ordinal) ? cell
            : parts.FirstOrDefault(part => part.Groups["kind"].Value == kind || part.Groups["kind"].Length == 0)?.Groups["words"].Value;
    }

    [GeneratedRegex(@"(?<names>(`-[^`]+`\s*)+)(\((?<who>[^)]*)\))?", RegexOptions.ExplicitCapture)]
    private static partial Regex OptionInCell();

    [GeneratedRegex("(?<=`)-[^`]+(?=`)")]
    private static partial Regex NameInCell();

    [GeneratedRegex("((?<kind>still|vid) )?`(?<words>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex PartOfCell();
}
