using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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

/// <summary>
/// Cuts the picamera recipe's stream into frames: a little-endian <c>uint32</c> length, then that many bytes of JPEG; 0 ends. Bytes go
/// in as they come, through <see cref="TryRead"/>, or straight into the frame under way: fill <see cref="Free"/>, <see cref="Advance"/>.
/// Between frames it holds no buffer.
/// </summary>
/// <param name="maxFrameBytes">Largest length that is taken.</param>
public sealed class FrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes) : IDisposable
{
    /// <summary>32 MiB: above any JPEG of a 12 megapixel sensor, below what <c>GET </c> reads as.</summary>
    public const int DefaultMaxFrameBytes = 32 * 1024 * 1024;

    private const int HeaderBytes = sizeof(uint);

    /// <summary>What the first picture of a peer gets: with the room in front, an array of 32 kB. A thousand strangers may come at once.</summary>
    private const int FirstBytes = 30 * 1024;

    // The length and the first two bytes of the picture: nothing is rented before they are seen.
    private Head head;
    private int headLength;
    private FrameBuffer filling;
    private int length;            // of the frame under way; 0 between frames
    private bool first = true;
    private Head early;           // what came along with the frame under way of the next one's head
    private int earlyLength;

    [InlineArray(Length)]
    private struct Head
    {
        public const int Length = HeaderBytes + 2;
        private byte first;
    }

    /// <summary>How the stream ended.</summary>
    public FrameStreamEnd End { get; private set; }

    /// <summary>When the bytes arrived that are given next, UTC, as far as the caller knows.</summary>
    public DateTime ArrivedAt { get; set; }

    /// <summary>When the length header of the last frame had arrived: t2 of an acknowledgement.</summary>
    public DateTime HeaderArrivedAt { get; private set; }

    /// <summary>The largest frame that this peer has sent whole: the next may be rented at that size at once.</summary>
    public int LargestFrame { get; private set; }

    /// <summary>True from the first byte of a length to the last of its picture.</summary>
    public bool IsInFrame => headLength > 0;

    /// <summary>Bytes of memory that the frame under way holds; up to half a megabyte it grows with the bytes received, not with the length declared.</summary>
    public int HeldBytes => length == 0 ? 0 : filling.Capacity;

    /// <summary>Bytes still missing of the picture under way; 0 between frames.</summary>
    public int Missing => length == 0 ? 0 : length - filling.Length;

    /// <summary>
    /// What the picture under way takes more with its next bytes, or with <see cref="Free"/>: 0 while its memory is not full, then as much
    /// again. A large one takes the rest at once: steps would leave arrays behind that together are as large as it.
    /// </summary>
    public int GrowthBytes => Missing == 0 || filling.Room > 0 ? 0 : Math.Min(Missing, filling.Length < FrameArrays.LargeBytes / 2 ? filling.Length : Missing);

    /// <summary>
    /// Room for the bytes still missing of the picture under way and the next one's head, or for some of them; empty between frames.
    /// So one read can bring a picture and say how long the next one is.
    /// </summary>
    public Memory<byte> Free => Missing == 0 ? default : filling.Free(atLeast: Math.Max(1, GrowthBytes), atMost: Missing, behind: Head.Length);

    /// <summary>So many bytes have been read into <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        earlyLength = Math.Max(0, count - Missing);
        if (earlyLength > 0)
            Free.Span.Slice(count - earlyLength, earlyLength).CopyTo(early);
        filling.Advance(count - earlyLength);
    }

    /// <summary>Takes from the front of <paramref name="bytes"/> what belongs to the next frame; true with the frame, owned by the caller, once it is whole.</summary>
    /// <exception cref="FrameProtocolException">A length or a payload that can never be valid.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out FrameBuffer frame)
    {
        frame = default;
        if (earlyLength > 0 && length == 0)
            BeginEarly();
        if (End != FrameStreamEnd.None || (length == 0 && !TryBegin(ref bytes)))
            return false;
        var part = Math.Min(bytes.Length, length - filling.Length);
        filling.Append(bytes[..part]);
        bytes = bytes[part..];
        if (filling.Length < length)
            return false;
        LargestFrame = Math.Max(LargestFrame, length);
        (frame, filling, length, headLength) = (filling, default, 0, 0);
        return true;
    }

    /// <summary>The stream has ended: between two frames, or it throws.</summary>
    /// <exception cref="FrameProtocolException">It ended inside a frame.</exception>
    public void Complete()
    {
        if (length > 0)
            throw Truncated($"The stream ended after {filling.Length} of a frame's {length} bytes.");
        if (headLength > 0)
            throw Truncated($"The stream ended {headLength} bytes into a frame's first {Head.Length}.");
        if (End == FrameStreamEnd.None)
            End = FrameStreamEnd.Disconnected;
    }

    public void Dispose()
    {
        filling.Dispose();
        (filling, length) = (default, 0);
    }

    /// <summary>Takes the length and the first two bytes behind it; "not yet" is false, "never valid" throws.</summary>
    private bool TryBegin(ref ReadOnlySpan<byte> bytes)
    {
        if (!TakeHead(ref bytes, HeaderBytes))
            return false;
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (declared == 0)
        {
            (End, headLength) = (FrameStreamEnd.Clean, 0);
            return false;
        }
        if (declared < 2 || declared > maxFrameBytes)
            throw new FrameProtocolException(FrameError.Length, $"Frame length {declared} is outside 2..{maxFrameBytes}{Hint(head)}.");
        if (!TakeHead(ref bytes, Head.Length))
            return false;
        if (head[4] != 0xFF || head[5] != 0xD8)
            throw new FrameProtocolException(FrameError.NotJpeg,
                $"A payload of {declared} bytes begins {head[4]:X2} {head[5]:X2}, not FF D8 as a JPEG does{Hint(head)}.");
        first = false;
        length = (int)declared;
        filling = FrameBuffer.RentFor(Math.Min(length, Math.Max(Math.Max(LargestFrame, bytes.Length + 2), FirstBytes)));
        filling.Append(head[HeaderBytes..]);
        return true;
    }

    private void BeginEarly()
    {
        ReadOnlySpan<byte> came = early[..earlyLength];
        earlyLength = 0;
        TryBegin(ref came);
    }

    private bool TakeHead(ref ReadOnlySpan<byte> bytes, int wanted)
    {
        if (headLength >= wanted)
            return true;
        var part = Math.Min(bytes.Length, wanted - headLength);
        bytes[..part].CopyTo(head[headLength..]);
        bytes = bytes[part..];
        headLength += part;
        if (headLength == HeaderBytes && part > 0)
            HeaderArrivedAt = ArrivedAt;
        return headLength == wanted;
    }

    private static FrameProtocolException Truncated(string message) => new(FrameError.Truncated, message);

    /// <summary>The usual strangers at a frame port, by the bytes that they open with.</summary>
    private string Hint(ReadOnlySpan<byte> head) => !first ? "" : head[..HeaderBytes] switch
    {
        [0x16, 0x03, ..] => " (a TLS hello: this port takes plain frames)",
        [(byte)'G', (byte)'E', (byte)'T', (byte)' '] or [(byte)'P', (byte)'O', (byte)'S', (byte)'T'] or [(byte)'H', (byte)'E', (byte)'A', (byte)'D']
            => " (an HTTP request: the pages are on the web port)",
        [(byte)'S', (byte)'S', (byte)'H', (byte)'-'] => " (an SSH client)",
        _ => "",
    };
}
