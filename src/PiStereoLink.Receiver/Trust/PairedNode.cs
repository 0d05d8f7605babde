using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>A node whose key is known here.</summary>
/// <param name="Node">What its stamps must call it.</param>
/// <param name="Key">What it is known by.</param>
public sealed record PairedNode(string Node, Pin Key);
