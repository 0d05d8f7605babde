using System.CommandLine;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary><c>./pistereolink logs</c>: what the agent on a Pi says.</summary>
internal sealed class LogsCommand : Command
{
    private readonly LoginOptions login = new();
    private readonly Option<int> lines = new("--lines", "-n") { Description = "How many of the last lines.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on with what comes; Ctrl-C ends." };

    public LogsCommand()
        : base("logs", """
            Show what the agent on a Pi has said last.

            Example:
              ./pistereolink logs pi@raspberrypi.local -f
            """)
    {
        login.AddTo(this);
        Options.Add(lines);
        Options.Add(follow);
        SetAction(ShowAsync);
    }

    private async Task<int> ShowAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var count = parsed.GetValue(lines);
        if (count < 0)
            throw new FormatException($"--lines {count}: 0 or more is needed.");
        var script = $"exec journalctl -u {Pi.Unit} -n {count} --no-pager{(parsed.GetValue(follow) ? " -f" : "")}";
        await using var login = await SshLogin.OpenAsync(this.login.Target(parsed), new(), cancellation);
        await using var stdout = Console.OpenStandardOutput();
        (await login.FollowAsRootAsync(script, stdout, cancellation)).Expect("Reading the journal", login.Target);
        return 0;
    }
}
