using System.CommandLine;
using System.Text.Json;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary><c>./pistereolink ssh-setup</c>: ssh-setup.md, done.</summary>
internal sealed class SshSetupCommand : Command
{
    private readonly SshArguments where = new("~/.ssh/pistereolink, made if it is not there");
    private readonly Option<bool> noPassphrase = new("--no-passphrase") { Description = "Make the key without a passphrase, if it is to be made: whoever reads the file can log in." };
    private readonly Option<bool> acceptNew = new("--accept-new") { Description = "Take a host key that is not known yet without asking." };
    private readonly Option<string?> fingerprint = new("--fingerprint") { Description = "The host key's fingerprint, as the Pi's own screen shows it; another one is refused.", HelpName = "SHA256:..." };
    private readonly Option<bool> keepPasswords = new("--keep-passwords") { Description = "Leave password logins on." };
    private readonly Option<bool> undo = new("--undo") { Description = "Back to passwords: they are taken again, then the key and the entry in ~/.ssh/config go." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be done, change nothing, ask nothing." };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public SshSetupCommand()
        : base("ssh-setup", """
            Log in to a Pi with a key instead of a password: makes the key if there is none, gives it to the Pi, proves that
            it works, and only then switches passwords off there; sudo stays as it is. Done twice it changes nothing.
            ssh-setup.md says each step by hand.

            Example:
              ./pistereolink ssh-setup pi@raspberrypi.local
            """)
    {
        where.AddTo(this);
        foreach (var option in new Option[] { noPassphrase, acceptNew, fingerprint, keepPasswords, undo, dryRun, json })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var target = where.Target(parsed);
        var wishes = new SshSetupWishes(target with { Identity = null }, target.Identity ?? SshFolder.DefaultKey,
            !parsed.GetValue(noPassphrase), parsed.GetValue(acceptNew), parsed.GetValue(fingerprint), parsed.GetValue(keepPasswords));
        var steps = new SetupSteps(parsed.GetValue(dryRun));
        bool? passwordLogin;
        if (parsed.GetValue(undo))
        {
            var back = new SshSetupUndo(wishes, steps);
            await back.RunAsync(cancellation);
            passwordLogin = back.PasswordLogin;
        }
        else
        {
            await using var setup = new SshSetup(wishes, steps);
            await setup.RunAsync(cancellation);
            passwordLogin = setup.PasswordLogin;
            if (!steps.DryRun)
                await Console.Error.WriteLineAsync($"{(steps.Changed ? "Ready" : "All of it was done already; nothing was changed")}. Next: ./pistereolink deploy {target.Destination}");
        }
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(new SshSetupReport($"{wishes.Target}", wishes.Key, steps.Changed, passwordLogin, steps.All), SshSetupJson.Default.SshSetupReport));
        return 0;
    }
}
