using System.Buffers;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Cuts what a receiver says into lines. One that is too long is skipped, whatever it was; so is all that is no line of ours.</summary>
/// <param name="heard">Takes each line.</param>
public sealed class ReceiverLines(Action<ReceiverLine> heard)
{
    private readonly byte[] bytes = new byte[4 * ReceiverLine.MaxBytes];
    private int held;
    private bool skipping;

    /// <summary>Room for what comes next, never empty.</summary>
    public Memory<byte> Free => bytes.AsMemory(held);

    /// <summary>Takes the first <paramref name="count"/> bytes of <see cref="Free"/> in, and passes on each line that is whole now.</summary>
    public void Advance(int count)
    {
        held += count;
        var from = 0;
        for (int length; (length = bytes.AsSpan(from..held).IndexOf((byte)'\n')) >= 0; from += length + 1)
        {
            if (!skipping)
                heard(ReceiverLineText.Read(new ReadOnlySequence<byte>(bytes, from, length)));
            skipping = false;
        }
        bytes.AsSpan(from..held).CopyTo(bytes);
        held -= from;
        if (held >= ReceiverLine.MaxBytes)
            (held, skipping) = (0, true);
    }
}
