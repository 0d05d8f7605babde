using System.CommandLine;

namespace PiStereoLink.Agent;

/// <summary>Runs a verb: 0 done, 1 failed, 2 wrong usage, each failure one sentence on stderr.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args, Command[] verbs)
    {
        var root = new RootCommand("The PiStereoLink agent: drives a Raspberry Pi's cameras and sends their pictures to a receiver.");
        foreach (var verb in verbs)
            root.Subcommands.Add(verb);

        var parsed = root.Parse(args);
        if ((parsed.Errors.Count > 0 ? parsed.Errors[0].Message : TakenForValue(parsed)) is { } wrong)
        {
            var asked = parsed.CommandResult.Command is RootCommand ? "agent" : $"agent {parsed.CommandResult.Command.Name}";
            return Say(WrongUsage, $"{wrong} `{asked} --help` shows what is allowed.");
        }

        // Signals belong to the host, which lets the cameras stop and the link drain; the parser would give it two seconds.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    /// <summary>An option that is not known is taken for a value of the one before it, where that has none yet.</summary>
    private static string? TakenForValue(ParseResult parsed) => parsed.CommandResult.Children.SelectMany(one => one.Tokens)
        .FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } token
        ? $"Unrecognized command or argument '{token.Value}'."
        : null;

    /// <summary>Runs a verb that does one thing: a signal stops it in order, and a failure becomes its sentence and exit code.</summary>
    /// <param name="verb">What it does; it returns the exit code.</param>
    /// <param name="stopped">What to say when it was stopped before it was done.</param>
    public static async Task<int> RunOnceAsync(Func<CancellationToken, Task<int>> verb, string stopped)
    {
        using var stop = new StopOnSignal();
        try
        {
            return await verb(stop.Token);
        }
        catch (SettingException e)
        {
            return Say(WrongUsage, e.Message);
        }
        catch (CameraException e)
        {
            return Say(Failed, e.Message);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Say(Failed, stopped);
        }
    }

    /// <summary>Writes the one sentence of a failure and passes its exit code on.</summary>
    public static int Say(int exitCode, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return exitCode;
    }
}
