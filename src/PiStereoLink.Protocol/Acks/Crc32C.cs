using System.Numerics;
using System.Runtime.InteropServices;

namespace PiStereoLink.Protocol;

/// <summary>CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, begun and ended with all bits set, as iSCSI has it (RFC 3720, B.4).</summary>
public static class Crc32C
{
    /// <summary>The check value of so many bytes. Processors compute it: about 8 bytes in 3 cycles.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
