namespace PiStereoLink.Agent;

/// <summary>One picture of an H.264 stream with all that belongs to it.</summary>
/// <param name="Bytes">As the stream has them, start codes included; valid until the next one is read.</param>
/// <param name="IsKey">A decoder can begin here: the parameter sets stand before the picture, and it needs no other.</param>
public readonly record struct AccessUnit(ReadOnlyMemory<byte> Bytes, bool IsKey);
