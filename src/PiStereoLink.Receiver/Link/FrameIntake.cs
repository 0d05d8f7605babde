using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

/// <summary>A frame as it came.</summary>
/// <param name="Buffer">The whole payload; whoever takes it disposes it.</param>
/// <param name="HeaderAt">When its length header had arrived, UTC.</param>
public readonly record struct ArrivedFrame(FrameBuffer Buffer, DateTime HeaderAt);

/// <summary>
/// Between the bytes of one connection and its frames. What one read brought is cut frame by frame, as each is asked for: the array of
/// one frame is free again for the next but one, and all of it stays in the processor's cache.
/// </summary>
public sealed class FrameIntake(int maxFrameBytes, TimeProvider time) : IDisposable
{
    private readonly FrameReader reader = new(maxFrameBytes);
    private byte[]? block;      // the last read's, while something of it is left
    private int at, end;

    /// <inheritdoc cref="FrameReader.Free"/>
    public Memory<byte> Free => reader.Free;

    /// <inheritdoc cref="FrameReader.Missing"/>
    public int Missing => reader.Missing;

    /// <inheritdoc cref="FrameReader.GrowthBytes"/>
    public int GrowthBytes => reader.GrowthBytes;

    public FrameStreamEnd End => reader.End;

    public bool IsInFrame => reader.IsInFrame;

    public int HeldBytes => reader.HeldBytes;

    public int LargestFrame => reader.LargestFrame;

    /// <summary>Bytes that have come so far, for who watches their rate.</summary>
    public long Received { get; private set; }

    /// <summary>So many bytes have been read into <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        reader.ArrivedAt = time.GetUtcNow().UtcDateTime;
        reader.Advance(count);
        Received += count;
    }

    /// <summary>Takes a read's bytes, and the block in which they stand: it goes back when they have been cut.</summary>
    public void Take(byte[] read, int count)
    {
        (block, at, end) = (read, 0, count);
        Received += count;
        reader.ArrivedAt = time.GetUtcNow().UtcDateTime;
    }

    /// <summary>The next whole frame; false when there is none, and the last read has been used up.</summary>
    /// <exception cref="FrameProtocolException">The stream goes wrong here.</exception>
    public bool TryTake(out ArrivedFrame frame)
    {
        var bytes = new ReadOnlySpan<byte>(block, at, end - at);
        var isWhole = reader.TryRead(ref bytes, out var buffer);
        at = end - bytes.Length;
        frame = new ArrivedFrame(buffer, reader.HeaderArrivedAt);
        if (!isWhole)
            GiveBack();
        return isWhole;
    }

    /// <inheritdoc cref="FrameReader.Complete"/>
    public void Complete() => reader.Complete();

    public void Dispose()
    {
        reader.Dispose();
        GiveBack();
    }

    private void GiveBack()
    {
        if (block is not null)
            ReadBlocks.Give(block);
        (block, at, end) = (null, 0, 0);
    }
}
