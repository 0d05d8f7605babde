using System.CommandLine;
using System.Text.Json;

namespace PiStereoLink.Receiver.Trust;

/// <summary><c>receiver revoke NODE</c>: forgets a node's key.</summary>
internal sealed class RevokeCommand : Command
{
    private readonly Argument<string> node = new("NODE") { Description = "The node's name, as receiver status shows it." };
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers; the same as that of receiver serve.", HelpName = "DIR" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public RevokeCommand()
        : base("revoke", """
            Forget the key of a paired node. Its connections end within a second, and it does not get in again until it joins with a new token.

            Example:
              receiver revoke garden-left
            """)
    {
        Arguments.Add(node);
        Options.Add(state);
        Options.Add(json);
        SetAction(Revoke);
    }

    private int Revoke(ParseResult parsed)
    {
        var settings = ReceiverSettings.FromFileAndEnvironment();
        var folder = parsed.GetValue(state) ?? settings.State ?? StateFolder.Default;
        var (nodes, name) = (new PairedNodes(folder), parsed.GetValue(node)!);
        if (!nodes.Remove(name))
        {
            var known = nodes.All;
            Console.Error.WriteLine($"No node {name} is paired in {folder}; "
                + (known.Count == 0 ? "none is. Is --state the folder of your receiver?" : $"these are: {string.Join(", ", known.Select(one => one.Node))}."));
            return 1;
        }
        Console.Error.WriteLine($"{name} is not paired any more. A running receiver ends its connections within a second.");
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(new Revoked(name), TrustJson.Default.Revoked));
        return 0;
    }
}
