using System.CommandLine;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Where to log in, and the receiver here: the same for every verb.</summary>
internal sealed class LoginOptions
{
    private readonly Argument<string> destination = new("USER@HOST") { Description = "The Pi, as ssh finds it; USER@HOST:PORT for another port." };
    private readonly Option<string?> identity = new("--identity") { Description = "The private key to log in with. [default: ssh's own settings]", HelpName = "FILE" };
    private readonly Option<string?> state = new("--state") { Description = "State folder of the receiver on this machine; the same as that of receiver serve.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(destination);
        command.Options.Add(identity);
        command.Options.Add(state);
    }

    /// <exception cref="FormatException">It is no destination.</exception>
    public SshTarget Target(ParseResult parsed) => SshTarget.Parse(parsed.GetValue(destination)!) with { Identity = parsed.GetValue(identity) };

    public string? State(ParseResult parsed) => parsed.GetValue(state);

    /// <summary>Logs in and does something there; the login ends with it.</summary>
    public async Task<T> WithPiAsync<T>(ParseResult parsed, Func<Pi, Task<T>> work, CancellationToken cancellation)
    {
        await using var login = await SshLogin.OpenAsync(Target(parsed), new(), cancellation);
        return await work(new Pi(login, cancellation));
    }
}
