using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary><c>agent join TOKEN</c>: pairs this Pi with a receiver.</summary>
internal static class JoinCommand
{
    private const string Help = """
        Pair this Pi with a receiver. From then on agent run sends to it over TLS, and never without.

        Example: on the desk, then here with what it prints
          receiver invite
          agent join psl1.192.168.1.20.PIN.SECRET
        then
          agent run --camera 0
        """;

    public static Command Create()
    {
        var token = new Argument<string>("TOKEN") { Description = "What receiver invite printed; good for an hour, and once. With - it is read from stdin, where no list of processes shows it." };
        var node = new Option<string?>("--node") { HelpName = "NAME", Description = $"This Pi's name at the receiver ({CameraName.Nearest(Environment.MachineName)})." };
        var state = new Option<string?>("--state") { HelpName = "DIR", Description = "Where this installation remembers who it is; the same as that of agent run." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on the last line of stdout." };
        var command = new Command("join", Help) { token, node, state, json };
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(
            stop => JoinAsync(parsed.GetValue(token)!, parsed.GetValue(node), parsed.GetValue(state), parsed.GetValue(json), stop), "Stopped before the Pi was paired."));
        return command;
    }

    private static async Task<int> JoinAsync(string text, string? node, string? state, bool json, CancellationToken stop)
    {
        var settings = AgentFeature.Configuration().GetSection(AgentOptions.Section);
        node ??= settings[nameof(AgentOptions.Node)] ?? new AgentOptions().NodeName;
        state ??= settings[nameof(AgentOptions.State)] ?? StateFolder.DefaultPath;
        if (text == "-")
            text = (await Console.In.ReadLineAsync(stop))?.Trim() ?? "";
        if (!JoinToken.TryParse(text, out var token))
            return CommandLine.Say(CommandLine.WrongUsage, "This is no token, or a part of one: psl1.HOST.PIN.SECRET is, as receiver invite prints it on one line.");
        if (!CameraName.IsValid(node))
            return CommandLine.Say(CommandLine.WrongUsage, $"--node '{node}' cannot be a name: {CameraName.Allowed} can, such as {CameraName.Nearest(node)}.");
        try
        {
            var pairing = await Joining.RunAsync(token!, node, state, stop);
            Console.Error.WriteLine($"Paired with {pairing.Address} as {pairing.Node}; the pairing is in {Path.GetFullPath(state)}. Start agent run now, or start it again if it runs: it sends there over TLS.");
            if (json)
                Console.Out.WriteLine(JsonSerializer.Serialize(new Joined($"{pairing.Address}", $"{pairing.Receiver}", pairing.Node), JoinJson.Default.Joined));
            return CommandLine.Done;
        }
        catch (Exception e) when (e is TrustException or StateException)
        {
            return CommandLine.Say(CommandLine.Failed, e.Message);
        }
    }
}

/// <summary>What <c>agent join --json</c> prints.</summary>
internal sealed record Joined(string Receiver, string Pin, string Node);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Joined))]
internal sealed partial class JoinJson : JsonSerializerContext;
