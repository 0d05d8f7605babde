using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Takes tokens and pairs who brings one. A token is used up before its bearer is paired: a power cut between the two costs a token, and lets nobody in twice.</summary>
public sealed class JoinDesk(PairedNodes nodes, Invitations invitations)
{
    /// <summary>Names beginning so are made for senders without a stamp.</summary>
    private const string LegacyPrefix = "legacy-";

    private readonly Lock gate = new();

    /// <summary>Pairs a key with a node name; why not, as one of <see cref="JoinRefusal"/>, or null when it is paired.</summary>
    /// <exception cref="IOException">The state folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The state folder cannot be written.</exception>
    public string? Join(string secret, string node, Pin key)
    {
        lock (gate)
        {
            if (invitations.Refusal(secret) is { } refusal)
                return refusal;         // before anything else: names are told to who has a token only
            if (!CameraName.IsValid(node) || node.StartsWith(LegacyPrefix, StringComparison.Ordinal))
                return JoinRefusal.BadName;
            var paired = nodes.Find(key);
            if (paired is not null && paired.Node != node)
                return JoinRefusal.KeyTaken;
            if (paired is null && nodes.Has(node))
                return JoinRefusal.NameTaken;
            if (invitations.UseUp(secret) is { } late)
                return late;
            if (paired is null)
                nodes.Add(new PairedNode(node, key));
            return null;
        }
    }
}
