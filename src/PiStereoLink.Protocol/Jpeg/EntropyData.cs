using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PiStereoLink.Protocol;

/// <summary>Looks through a JPEG's entropy-coded data, nearly all of its bytes. In it an FF is followed by 00 unless it begins a marker (T.81, B.1.1.5).</summary>
internal static class EntropyData
{
    /// <summary>What one step looks at: four vectors, of which an FF 00 in every quarter kilobyte of a typical picture stops none.</summary>
    private const int StepBytes = 4 * 32;

    /// <summary>Where the first FF stands that is not followed by 00, an FF at the very end included; -1 when there is none.</summary>
    public static int IndexOfMarker(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        // The last byte of a step has the next one behind it, so that needs to be there.
        for (; at + StepBytes < bytes.Length; at += StepBytes)
            if ((MarkersAt(ref first, at) | MarkersAt(ref first, at + 32) | MarkersAt(ref first, at + 64) | MarkersAt(ref first, at + 96)) != Vector256<byte>.Zero)
                break;
        for (; at < bytes.Length; at++)
            if (bytes[at] == 0xFF && (at + 1 == bytes.Length || bytes[at + 1] != 0))
                return at;
        return -1;
    }

    /// <summary>Behind each FF, the byte that follows it; 0 elsewhere.</summary>
    private static Vector256<byte> MarkersAt(ref byte first, int at) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256<byte>.AllBitsSet) & Vector256.LoadUnsafe(ref first, (nuint)at + 1);
}
