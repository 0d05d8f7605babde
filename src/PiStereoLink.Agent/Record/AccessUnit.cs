namespace PiStereoLink.Agent;

/// <summary>One picture of a film with all that belongs to it.</summary>
/// <param name="Bytes">As the stream has them, in H.264 with the start codes; valid until the next one is read.</param>
/// <param name="IsKey">A decoder can begin here: it needs no other picture, and the parameter sets of H.264 stand before it.</param>
public readonly record struct AccessUnit(ReadOnlyMemory<byte> Bytes, bool IsKey);
