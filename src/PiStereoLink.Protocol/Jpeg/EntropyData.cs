using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PiStereoLink.Protocol;

/// <summary>Looks through a JPEG's entropy-coded data, nearly all of its bytes. In it an FF is followed by 00 unless it begins a marker (T.81, B.1.1.5).</summary>
internal static class EntropyData
{
    /// <summary>Where the first FF stands that is not followed by 00, an FF at the very end included; -1 when there is none.</summary>
    public static int IndexOfMarker(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        for (; at + Vector256<byte>.Count < bytes.Length; at += Vector256<byte>.Count)
        {
            var found = Vector256.AndNot(
                Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256<byte>.AllBitsSet),
                Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)at + 1), Vector256<byte>.Zero));
            if (found != Vector256<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
        }
        for (; at < bytes.Length; at++)
            if (bytes[at] == 0xFF && (at + 1 == bytes.Length || bytes[at + 1] != 0))
                return at;
        return -1;
    }
}
