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
        if (parsed.Errors is [var wrong, ..])
        {
            var asked = parsed.CommandResult.Command is RootCommand ? "agent" : $"agent {parsed.CommandResult.Command.Name}";
            return Say(WrongUsage, $"{wrong.Message} `{asked} --help` shows what is allowed.");
        }

        // Signals belong to the host, which lets the cameras stop and the link drain; the parser would give it two seconds.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Writes the one sentence of a failure and passes its exit code on.</summary>
    public static int Say(int exitCode, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return exitCode;
    }
}
