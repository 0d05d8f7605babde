using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace PiStereoLink.Protocol;

/// <summary>How a stream of frames ended between two frames.</summary>
public enum FrameStreamEnd
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The peer sent the length 0.</summary>
    Clean,

    /// <summary>The stream ended without a 0, but between frames.</summary>
    Disconnected,
}

/// <summary>Reads the picamera recipe's frames: a little-endian <c>uint32</c> length, then that many bytes of JPEG; 0 ends.</summary>
/// <param name="input">Where the bytes come from.</param>
/// <param name="maxFrameBytes">Largest length that is taken.</param>
/// <param name="time">The clock of <see cref="HeaderArrivedAt"/>; none leaves that unknown.</param>
public sealed class FrameReader(PipeReader input, int maxFrameBytes = FrameReader.DefaultMaxFrameBytes, TimeProvider? time = null)
{
    /// <summary>32 MiB: above any JPEG of a 12 megapixel sensor, below what <c>GET </c> reads as.</summary>
    public const int DefaultMaxFrameBytes = 32 * 1024 * 1024;

    private const int HeaderBytes = sizeof(uint);

    // What this peer has sent whole so far. A declared length alone never makes a buffer larger than this.
    private int largestFrame;
    private bool first = true;

    /// <summary>How the stream ended, once <see cref="ReadAsync"/> has returned null.</summary>
    public FrameStreamEnd End { get; private set; }

    /// <summary>When the length header of the last frame had arrived, UTC: t2 of an acknowledgement.</summary>
    public DateTime HeaderArrivedAt { get; private set; }

    /// <summary>The next payload, owned by the caller; null at the end, told apart by <see cref="End"/>.</summary>
    /// <exception cref="FrameProtocolException">A length or a payload that can never be valid, or an end inside a frame.</exception>
    public async ValueTask<FrameBuffer?> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (End != FrameStreamEnd.None)
            return null;
        var length = await ReadLengthAsync(cancellationToken).ConfigureAwait(false);
        if (length == 0)
            return null;
        first = false;

        var frame = FrameBuffer.Rent(Math.Min(length, largestFrame));
        try
        {
            await ReadPayloadAsync(frame, length, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
        largestFrame = Math.Max(largestFrame, length);
        return frame;
    }

    /// <summary>Waits for a header and the first two bytes behind it; 0 at the end of the stream.</summary>
    private async ValueTask<int> ReadLengthAsync(CancellationToken cancellationToken)
    {
        var arrived = false;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (time is not null && !arrived && read.Buffer.Length >= HeaderBytes)
                (arrived, HeaderArrivedAt) = (true, time.GetUtcNow().UtcDateTime);
            if (TryReadLength(read.Buffer, out var length))
            {
                input.AdvanceTo(read.Buffer.GetPosition(HeaderBytes));
                if (length == 0)
                    End = FrameStreamEnd.Clean;
                return length;
            }
            if (read.IsCompleted)
            {
                if (!read.Buffer.IsEmpty)
                    throw Truncated($"The stream ended {read.Buffer.Length} bytes into a frame's first {HeaderBytes + 2}.");
                input.AdvanceTo(read.Buffer.End);
                End = FrameStreamEnd.Disconnected;
                return 0;
            }
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>"Not yet" is false; "never valid" throws.</summary>
    private bool TryReadLength(in ReadOnlySequence<byte> buffer, out int length)
    {
        length = 0;
        if (buffer.Length < HeaderBytes)
            return false;
        Span<byte> head = stackalloc byte[HeaderBytes + 2];
        var available = (int)Math.Min(buffer.Length, head.Length);
        head = head[..available];
        buffer.Slice(0, available).CopyTo(head);

        var declared = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (declared == 0)
            return true;
        if (declared > maxFrameBytes)
            throw new FrameProtocolException(FrameError.Length, $"Frame length {declared} is outside 1..{maxFrameBytes}{Hint(head)}.");
        if (available < HeaderBytes + 2)
            return false;
        if (head[4] != 0xFF || head[5] != 0xD8)
            throw new FrameProtocolException(FrameError.NotJpeg,
                $"A payload of {declared} bytes begins {head[4]:X2} {head[5]:X2}, not FF D8 as a JPEG does{Hint(head)}.");
        length = (int)declared;
        return true;
    }

    private async ValueTask ReadPayloadAsync(FrameBuffer frame, int length, CancellationToken cancellationToken)
    {
        while (frame.Length < length)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, length - frame.Length));
            foreach (var segment in part)
                frame.Append(segment.Span);
            input.AdvanceTo(part.End);
            if (read.IsCompleted && frame.Length < length)
                throw Truncated($"The stream ended after {frame.Length} of a frame's {length} bytes.");
        }
    }

    private static FrameProtocolException Truncated(string message) => new(FrameError.Truncated, message);

    /// <summary>The usual strangers at a frame port, by the bytes that they open with.</summary>
    private string Hint(ReadOnlySpan<byte> head) => !first ? "" : head[..4] switch
    {
        [0x16, 0x03, ..] => " (a TLS hello: this port takes plain frames)",
        [(byte)'G', (byte)'E', (byte)'T', (byte)' '] or [(byte)'P', (byte)'O', (byte)'S', (byte)'T'] or [(byte)'H', (byte)'E', (byte)'A', (byte)'D']
            => " (an HTTP request: the pages are on the web port)",
        [(byte)'S', (byte)'S', (byte)'H', (byte)'-'] => " (an SSH client)",
        _ => "",
    };
}
