using System.Buffers.Binary;

namespace PiStereoLink.Agent;

/// <summary>Where a picture that this agent has stamped carries its stamp.</summary>
internal static class OwnStamp
{
    private const int SoiBytes = 2, MarkerBytes = 2;

    /// <summary>Directly behind SOI: begin and end of the segment.</summary>
    public static (int Start, int End) In(ReadOnlySpan<byte> picture) =>
        (SoiBytes, SoiBytes + MarkerBytes + BinaryPrimitives.ReadUInt16BigEndian(picture[(SoiBytes + MarkerBytes)..]));
}
