using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>The agent's side of a join: find the receiver, make sure of its key, and only then tell it the secret and our name.</summary>
internal static class Joining
{
    /// <summary>Pairs this Pi with the token's receiver; the pairing is kept when this returns.</summary>
    /// <exception cref="TrustException">It is another receiver, or it refuses; the message says what to do.</exception>
    /// <exception cref="StateException">The state folder cannot be used.</exception>
    public static async Task<Pairing> RunAsync(JoinToken token, string node, string stateFolder, CancellationToken cancellationToken)
    {
        if (!ReceiverAddress.TryParse(token.Host, out var address, PinnedTls.DefaultPort))
            throw new TrustException($"The token's host '{token.Host}' is none. Make a new one with receiver invite --host HOST.");
        using var own = AgentKey.In(stateFolder);
        string line;
        try
        {
            line = await AskAsync(address!, token, node, new PinnedReceiver(own, token.Receiver), cancellationToken);
        }
        catch (TrustException e) when (e.OtherKey is not null)
        {
            throw new TrustException($"{address} is another receiver than the token's: its key is {e.OtherKey}. It was told nothing. Is that the machine where receiver invite ran?", e);
        }
        catch (TrustException e)
        {
            throw new TrustException($"{address}: {e.Message}", e);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or IOException or InvalidDataException)
        {
            throw new TrustException($"{address}: {LinkFault.NotReached(e.InnerException as SocketException ?? e)}", e);
        }
        if (!JoinLine.TryReadAnswer(line, out var refused))
            throw new TrustException($"{address} answered with something that this version does not understand. Are both of the same version?");
        if (refused is not null)
            throw new TrustException(Sentence(refused, address!, node));
        var pairing = new Pairing(address!, token.Receiver, node);
        pairing.Keep(stateFolder);
        return pairing;
    }

    private static async Task<string> AskAsync(ReceiverAddress address, JoinToken token, string node, PinnedReceiver receiver, CancellationToken cancellationToken)
    {
        using var socket = await ReceiverSocket.ConnectAsync(address, TimeProvider.System, cancellationToken);
        return await ReceiverSocket.InTimeAsync(async late =>
        {
            await using var stream = await receiver.AuthenticateAsync(new NetworkStream(socket), PinnedTls.JoinProtocol, late);
            await stream.WriteAsync(JoinLine.Request(token.Secret, node), late);
            return await JoinLine.ReadAsync(stream, late);
        }, TimeProvider.System, cancellationToken);
    }

    private static string Sentence(string refused, ReceiverAddress address, string node) => refused switch
    {
        JoinRefusal.UsedToken => "This token has been used already. Make a new one with receiver invite; if it was not you who used it, look at receiver status for a node that you do not know.",
        JoinRefusal.OldToken => "This token is older than an hour. Make a new one with receiver invite.",
        JoinRefusal.UnknownToken => $"{address} does not know this token. Make a new one there with receiver invite, with the same --state as the receiver that runs.",
        JoinRefusal.NameTaken => $"{address} has another Pi paired as {node}. Join with another --node, or run receiver revoke {node} there if that Pi is gone or was set up anew.",
        JoinRefusal.KeyTaken => $"{address} has this Pi paired under another name. Join with that --node, or revoke it there first; receiver status shows it.",
        JoinRefusal.BadName => $"{node} cannot be the name of a paired node: {CameraName.Allowed} can, and not legacy- at its beginning. Give another with --node.",
        JoinRefusal.Failed => $"{address} could not write the pairing down; its log says why. Mend that, and make a new token with receiver invite.",
        _ => $"{address} refused: {ForeignText.Shown(refused)}. Are both of the same version?",
    };
}
