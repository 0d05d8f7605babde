using System.CommandLine;
using System.CommandLine.Parsing;

namespace PiStereoLink.Receiver.Commands;

/// <summary>Runs one of the verbs. Exit code: 0 done, 1 failed with a sentence, 2 wrong usage.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, params Command[] verbs)
    {
        var root = new RootCommand("PiStereoLink receiver: takes camera streams, pairs them, computes depth, shows and keeps them.");
        foreach (var verb in verbs)
            root.Subcommands.Add(verb);
        var parsed = root.Parse(args);
        if ((parsed.Errors.Count > 0 ? parsed.Errors[0].Message : TakenForValue(parsed)) is { } wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong} See: receiver {string.Join(' ', Verb(parsed))} --help");
            return 2;
        }
        try
        {
            // The host takes the signals itself and stops in order.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>An option that is not known is taken for a value of the one before it, where that may have several or has none yet.</summary>
    private static string? TakenForValue(ParseResult parsed) => parsed.CommandResult.Children.SelectMany(one => one.Tokens)
        .FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } token
        ? $"Unrecognized command or argument '{token.Value}'."
        : null;

    private static Stack<string> Verb(ParseResult parsed)
    {
        var verb = new Stack<string>();
        for (var at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
            verb.Push(at.Command.Name);
        return verb;
    }
}
