using System.Buffers;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>Bytes in two pieces, as a pipe gives them when a line lies across its blocks.</summary>
internal sealed class CutSequence : ReadOnlySequenceSegment<byte>
{
    private CutSequence(ReadOnlyMemory<byte> memory, long before, CutSequence? next) => (Memory, RunningIndex, Next) = (memory, before, next);

    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int cut)
    {
        var last = new CutSequence(bytes[cut..], cut, null);
        return new ReadOnlySequence<byte>(new CutSequence(bytes[..cut], 0, last), 0, last, last.Memory.Length);
    }
}
