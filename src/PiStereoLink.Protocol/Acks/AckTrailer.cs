using System.Buffers.Binary;

namespace PiStereoLink.Protocol;

/// <summary>What a trailer asks and says beside its numbers.</summary>
[Flags]
public enum AckOptions : byte
{
    None = 0,

    /// <summary>On the first frame of a connection: "I understand acknowledgements". Only then may the receiver write at all.</summary>
    Offer = 1,

    /// <summary>The agent wants a line every so often, although nothing happens.</summary>
    IdleLines = 2,

    /// <summary><see cref="AckTrailer.SentAtMicroseconds"/> was noted just before the frame entered an empty send queue: good for the clock.</summary>
    ClockSample = 4,
}

/// <summary>
/// The 32 bytes that our agent puts behind a frame's FF D9, counted in its length. Decoders ignore them; the receiver takes them off
/// before it stores the picture.
/// </summary>
/// <param name="Flags">What the agent asks for.</param>
/// <param name="Crc">CRC-32C of the frame's bytes before the trailer.</param>
/// <param name="Sequence">The frame's number in its run, as in its stamp.</param>
/// <param name="SentAtMicroseconds">When it was handed to the network: t1, the agent's UTC clock, since 1970.</param>
/// <param name="Run">The agent's run, as in the stamp.</param>
public readonly record struct AckTrailer(AckOptions Flags, uint Crc, ulong Sequence, long SentAtMicroseconds, uint Run)
{
    /// <summary>How many bytes it takes.</summary>
    public const int Length = 32;

    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "PSL1"u8;

    /// <summary>Writes it; everything is little-endian.</summary>
    /// <param name="to">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> to)
    {
        Magic.CopyTo(to);
        to[4] = Version;
        to[5] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], Crc);
        BinaryPrimitives.WriteUInt64LittleEndian(to[12..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[20..], SentAtMicroseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(to[28..], Run);
    }

    /// <summary>Finds a trailer at the end of a frame; false when there is none, or one of a version that is not known.</summary>
    /// <param name="frame">The whole frame. What stands before the trailer is the picture.</param>
    /// <param name="trailer">What it says; its <see cref="Crc"/> has not been compared.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, out AckTrailer trailer)
    {
        trailer = default;
        if (frame.Length < Length)
            return false;
        var from = frame[^Length..];
        if (!from.StartsWith(Magic) || from[4] != Version || BinaryPrimitives.ReadUInt16LittleEndian(from[6..]) != Length)
            return false;
        trailer = new AckTrailer(
            (AckOptions)from[5],
            BinaryPrimitives.ReadUInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(from[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[28..]));
        return true;
    }
}
