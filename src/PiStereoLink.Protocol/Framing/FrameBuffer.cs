using System.Buffers.Binary;

namespace PiStereoLink.Protocol;

/// <summary>
/// The bytes of one frame in a pooled array, counted by reference. It begins with room to spare in front, so that a stamp and the
/// length header can be put before a picture without moving it. A copy of this value is the same buffer; using it after the last
/// owner has disposed it throws, also when the pool has long given the array to another. Not safe for writers on two threads; safe for readers.
/// Behind the picture there is always room for a trailer, so that adding one moves nothing that somebody else may be reading.
/// </summary>
public readonly record struct FrameBuffer : IDisposable
{
    /// <summary>Room kept in front of the picture: the length header and a stamp of up to about 1 kB.</summary>
    public const int Headroom = 1024;

    /// <summary>Room kept behind the picture.</summary>
    private const int Tailroom = AckTrailer.Length;

    private const int HeaderBytes = sizeof(uint);

    /// <summary>What a picture gets before anything is known of the peer: a typical 640x480 JPEG fits.</summary>
    private const int SmallestCapacity = 64 * 1024;

    private readonly FrameSlot slot;
    private readonly uint life;

    private FrameBuffer((FrameSlot Slot, uint Life) taken) => (slot, life) = taken;

    /// <summary>An empty buffer with one reference, the caller's.</summary>
    /// <param name="expectedBytes">Capacity to begin with. It must rest on bytes received, never on a length declared.</param>
    public static FrameBuffer Rent(int expectedBytes = 0) => new(FrameSlot.Take(Headroom + Math.Max(expectedBytes, SmallestCapacity) + Tailroom));

    /// <summary>Bytes held.</summary>
    public int Length => Slot.End - slot.Start;

    /// <summary>An empty buffer for so many bytes and no more: for many peers at a time of whom nothing is known.</summary>
    internal static FrameBuffer RentFor(int bytes) => new(FrameSlot.Take(Headroom + bytes + Tailroom));

    /// <summary>Bytes of memory behind the buffer.</summary>
    internal int Capacity => Slot.Array.Length;

    /// <summary>Bytes that can be added before it needs a larger array.</summary>
    internal int Room => Slot.Array.Length - slot.End - Tailroom;

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">The last owner has disposed the buffer.</exception>
    public ReadOnlyMemory<byte> Memory => Slot.Array.AsMemory(slot.Start, Length);

    /// <inheritdoc cref="Memory"/>
    public ReadOnlySpan<byte> Span => Slot.Array.AsSpan(slot.Start, Length);

    /// <summary>The bytes with the recipe's length header in front of them, as one piece to send.</summary>
    public ReadOnlyMemory<byte> Framed
    {
        get
        {
            // Any reader writes the same four bytes; with a trailer (FramedWith) there is one sender and no other reader.
            BinaryPrimitives.WriteUInt32LittleEndian(Slot.Array.AsSpan(slot.Start - HeaderBytes), (uint)Length);
            return slot.Array.AsMemory(slot.Start - HeaderBytes, HeaderBytes + Length);
        }
    }

    /// <summary>The same with a trailer behind the picture, counted in the length. For one sender; the picture itself stays as it is.</summary>
    public ReadOnlyMemory<byte> FramedWith(in AckTrailer trailer)
    {
        trailer.Write(Slot.Array.AsSpan(slot.End));
        BinaryPrimitives.WriteUInt32LittleEndian(slot.Array.AsSpan(slot.Start - HeaderBytes), (uint)(Length + AckTrailer.Length));
        return slot.Array.AsMemory(slot.Start - HeaderBytes, HeaderBytes + Length + AckTrailer.Length);
    }

    /// <summary>What the buffer's frame is called.</summary>
    internal ref FrameLabel Label => ref Slot.Label;

    private FrameSlot Slot => slot is not null && slot.Lives(life) ? slot : throw new ObjectDisposedException(nameof(FrameBuffer));

    /// <summary>Adds bytes at the end, doubling the array when it is full.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        slot.End += bytes.Length;
    }

    /// <summary>Room behind the bytes, at least so much; what is written there counts after <see cref="Advance"/>.</summary>
    public Span<byte> Free(int atLeast)
    {
        if (Slot.Array.Length - slot.End - Tailroom < atLeast)
            Grow(atLeast + Tailroom);
        return slot.Array.AsSpan(slot.End..^Tailroom);
    }

    /// <summary>The same, so much at most; where that fits, with room for a few bytes behind it that are not the frame's.</summary>
    internal Memory<byte> Free(int atLeast, int atMost, int behind) => Free(atLeast).Length is var free && free < atMost
        ? slot.Array.AsMemory(slot.End, free)
        : slot.Array.AsMemory(slot.End, atMost + Math.Min(behind, Tailroom));

    /// <summary>Takes the first <paramref name="count"/> bytes of <see cref="Free"/> in.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Slot.Array.Length - slot.End - Tailroom);
        slot.End += count;
    }

    /// <summary>Gives up what stands behind the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        slot.End = slot.Start + length;
    }

    /// <summary>Gives up the first <paramref name="count"/> bytes; what follows does not move.</summary>
    public void RemoveHead(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        slot.Start += count;
    }

    /// <summary>Replaces the first <paramref name="removed"/> bytes by <paramref name="head"/>; what follows does not move.</summary>
    /// <returns>False when the headroom is too small: nothing changed.</returns>
    public bool TryReplaceHead(int removed, ReadOnlySpan<byte> head)
    {
        var at = Slot.Start + removed - head.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(removed, Length);
        if (at < HeaderBytes)
            return false;
        head.CopyTo(slot.Array.AsSpan(at));
        slot.Start = at;
        return true;
    }

    /// <summary>Takes one more reference; false when the last owner has let go already.</summary>
    public bool TryRetain() => slot is not null && slot.TryRetain(life);

    /// <summary>Gives one reference back; the last one returns the array to the pool.</summary>
    /// <exception cref="InvalidOperationException">All of them have been given back.</exception>
    public void Dispose() => slot?.Release(life);

    private void Grow(int wanted)
    {
        var kept = Span;
        var start = Math.Min(slot.Start, Headroom);
        var end = start + kept.Length;
        // Bytes given up at the head make room first, once they are at least as many as those to be moved.
        var larger = slot.Start - start >= kept.Length && slot.Array.Length - end >= wanted
            ? slot.Array
            : FrameArrays.Rent(checked(Math.Max(end * 2, end + wanted)));
        kept.CopyTo(larger.AsSpan(start));
        if (larger != slot.Array)
            FrameArrays.Return(slot.Array);
        (slot.Array, slot.Start, slot.End) = (larger, start, end);
    }
}
