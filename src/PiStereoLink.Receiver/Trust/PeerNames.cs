using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>Who may use which name. Over TLS a peer is who its key says; on the plain port it may not call itself as a paired node is called.</summary>
public sealed class PeerNames(PairedNodes nodes)
{
    /// <summary>Why a peer may not go on under the name in its first frame; null when it may.</summary>
    /// <param name="paired">The node that its key belongs to; null on the plain port.</param>
    /// <param name="stamped">What its stamp says; null without a stamp.</param>
    public string? Refusal(PairedNode? paired, CameraName? stamped) => (paired, stamped) switch
    {
        ({ } known, null) => $"its key is paired as {known.Node}, and its frames have no stamp that says so",
        ({ } known, { } name) when name.Node != known.Node =>
            $"its key is paired as {known.Node}, and its frames say {name.Node}. Start the agent with --node {known.Node}, or revoke it here and pair it again",
        (null, { } name) when nodes.Has(name.Node) =>
            $"{name.Node} is a paired node, which comes over TLS only. Give this agent another --node, or pair it: receiver revoke {name.Node}, then receiver invite",
        _ => null,
    };
}

/// <summary>A peer may not use the name in its frames; the message says why, and what to do.</summary>
public sealed class PeerRefusedException(string why) : Exception(why);
