using System.CommandLine;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>The part of a command line that says where to log in.</summary>
/// <param name="keyByDefault">Which key it is where none is named, for the help.</param>
internal sealed class SshArguments(string keyByDefault = "as ssh is set up")
{
    private readonly Argument<string> destination = new("destination") { Description = "Where to log in, as for ssh; a name out of ~/.ssh/config will do.", HelpName = "USER@HOST[:PORT]" };
    private readonly Option<string?> identity = new("--identity", "--key") { Description = $"The private key to log in with. [default: {keyByDefault}]", HelpName = "FILE" };
    private readonly Option<int?> port = new("--port") { Description = "SSH's port there. [default: as ssh is set up, else 22]" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(destination);
        command.Options.Add(identity);
        command.Options.Add(port);
    }

    /// <exception cref="FormatException">It is no destination, or there is no such key.</exception>
    public SshTarget Target(ParseResult parsed)
    {
        var target = SshTarget.Parse(parsed.GetRequiredValue(destination));
        if (parsed.GetValue(port) is { } given)
            target = target with { Port = given is > 0 and <= 65535 ? given : throw new FormatException($"Port {given} is outside 1..65535.") };
        return parsed.GetValue(identity) is { } file ? target with { Identity = Path.GetFullPath(file) } : target;
    }
}
