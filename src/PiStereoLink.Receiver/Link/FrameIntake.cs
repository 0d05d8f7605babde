using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

/// <summary>A frame as it came.</summary>
/// <param name="Buffer">The whole payload; whoever takes it disposes it.</param>
/// <param name="HeaderAt">When its length header had arrived, UTC.</param>
public readonly record struct ArrivedFrame(FrameBuffer Buffer, DateTime HeaderAt);

/// <summary>Between the bytes of one connection and its frames: what one read brought is cut at once, and handed on frame by frame.</summary>
public sealed class FrameIntake(int maxFrameBytes, TimeProvider time) : IDisposable
{
    private readonly FrameReader reader = new(maxFrameBytes, time);
    private readonly Queue<ArrivedFrame> whole = new();
    private FrameProtocolException? fault;

    /// <inheritdoc cref="FrameReader.Free"/>
    public Span<byte> Free => reader.Free;

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
        reader.Advance(count);
        Received += count;
        Cut(default);
    }

    /// <summary>Takes the bytes of one read.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Received += bytes.Length;
        Cut(bytes);
    }

    /// <summary>The next whole frame; false when there is none.</summary>
    /// <exception cref="FrameProtocolException">The stream went wrong behind the frames that have been given.</exception>
    public bool TryTake(out ArrivedFrame frame) =>
        whole.TryDequeue(out frame) || (fault is not null ? throw fault : false);

    /// <inheritdoc cref="FrameReader.Complete"/>
    public void Complete() => reader.Complete();

    public void Dispose()
    {
        reader.Dispose();
        while (whole.TryDequeue(out var frame))
            frame.Buffer.Dispose();
    }

    private void Cut(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (reader.TryRead(ref bytes, out var frame))
                whole.Enqueue(new ArrivedFrame(frame, reader.HeaderArrivedAt));
        }
        catch (FrameProtocolException e)
        {
            fault = e;
        }
    }
}
