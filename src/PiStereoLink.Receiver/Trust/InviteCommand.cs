using System.CommandLine;
using System.Net;
using System.Text.Json;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary><c>receiver invite</c>: makes a token that one agent can join with.</summary>
internal sealed class InviteCommand : Command
{
    private readonly Option<string?> host = new("--host") { Description = "Where the Pi finds this machine. [default: its address in the private network, and the TLS port]", HelpName = "HOST[:PORT]" };
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers; the same as that of receiver serve.", HelpName = "DIR" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public InviteCommand()
        : base("invite", """
            Make a token: one Pi can join with it, once, within an hour. It then comes in by TLS, and nobody else under its name.

            Example:
              receiver invite
            then on the Pi what it prints: agent join psl1.192.168.1.20.PIN.SECRET
            """)
    {
        Options.Add(host);
        Options.Add(state);
        Options.Add(json);
        SetAction(Invite);
    }

    private int Invite(ParseResult parsed)
    {
        var settings = ReceiverSettings.FromFileAndEnvironment();
        settings.State = parsed.GetValue(state) ?? settings.State;
        var trust = settings.Trust();
        var running = StateFolder.RunningIn(trust.StateFolder);
        var port = running?.Tls is { } tls ? IPEndPoint.Parse(tls).Port : trust.Listen is { Port: > 0 } address ? address.Port : PinnedTls.DefaultPort;
        var found = OwnHost.WithPort(parsed.GetValue(host) ?? OwnHost.Guess(), port);

        using var key = ReceiverKey.In(trust.StateFolder);
        var token = JoinToken.New(found, Pin.Of(key));
        new Invitations(trust.StateFolder, TimeProvider.System).Add(token.Secret);

        Console.Error.WriteLine($"On the Pi, within an hour, run: agent join TOKEN, with the token below. It can be used once. The Pi will look for this receiver at {found}.");
        if (running is null)
            Console.Error.WriteLine($"No receiver is running with the state folder {trust.StateFolder}. Start it with receiver serve before the Pi joins.");
        else if (running.Tls is null)
            Console.Error.WriteLine("The receiver that is running has no TLS port. Start it again with --tls ADDRESS:PORT before the Pi joins.");
        Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(new Invitation($"{token}", found, $"{token.Receiver}", (int)Invitations.Lifetime.TotalSeconds), TrustJson.Default.Invitation)
            : $"{token}");
        return 0;
    }
}
