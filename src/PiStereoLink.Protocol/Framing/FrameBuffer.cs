using System.Buffers;
using System.Buffers.Binary;

namespace PiStereoLink.Protocol;

/// <summary>
/// The bytes of one frame in a pooled array, counted by reference. It begins with room to spare in front, so that a stamp and the
/// length header can be put before a picture without moving it. Not safe for writers on two threads; safe for readers.
/// </summary>
public sealed class FrameBuffer : IDisposable
{
    /// <summary>Room kept in front of the picture: the length header and a stamp of up to about 1 kB.</summary>
    public const int Headroom = 1024;

    private const int HeaderBytes = sizeof(uint);

    /// <summary>What a picture gets before anything is known of the peer: a typical 640x480 JPEG fits.</summary>
    private const int SmallestCapacity = 64 * 1024;

    private byte[] array;
    private int start = Headroom;
    private int end = Headroom;
    private int references = 1;

    /// <param name="expectedBytes">Capacity to begin with. It must rest on bytes received, never on a length declared.</param>
    public FrameBuffer(int expectedBytes = 0) =>
        array = ArrayPool<byte>.Shared.Rent(Headroom + Math.Max(expectedBytes, SmallestCapacity));

    /// <summary>Bytes held.</summary>
    public int Length => end - start;

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">The last owner has disposed the buffer.</exception>
    public ReadOnlyMemory<byte> Memory => Array.AsMemory(start, Length);

    /// <inheritdoc cref="Memory"/>
    public ReadOnlySpan<byte> Span => Array.AsSpan(start, Length);

    /// <summary>The bytes with the recipe's length header in front of them, as one piece to send.</summary>
    public ReadOnlyMemory<byte> Framed
    {
        get
        {
            // Any reader writes the same four bytes.
            BinaryPrimitives.WriteUInt32LittleEndian(Array.AsSpan(start - HeaderBytes), (uint)Length);
            return array.AsMemory(start - HeaderBytes, HeaderBytes + Length);
        }
    }

    private byte[] Array
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref references) <= 0, this);
            return array;
        }
    }

    /// <summary>Adds bytes at the end, doubling the array when it is full.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Array.Length - end < bytes.Length)
            Grow(bytes.Length);
        bytes.CopyTo(array.AsSpan(end));
        end += bytes.Length;
    }

    /// <summary>Replaces the first <paramref name="removed"/> bytes by <paramref name="head"/>; what follows does not move.</summary>
    /// <returns>False when the headroom is too small: nothing changed.</returns>
    public bool TryReplaceHead(int removed, ReadOnlySpan<byte> head)
    {
        var at = start + removed - head.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(removed, Length);
        if (at < HeaderBytes)
            return false;
        head.CopyTo(Array.AsSpan(at));
        start = at;
        return true;
    }

    /// <summary>Takes one more reference; false when the last owner has let go already.</summary>
    public bool TryRetain()
    {
        for (var seen = Volatile.Read(ref references); seen > 0;)
        {
            var before = Interlocked.CompareExchange(ref references, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }
        return false;
    }

    /// <summary>Gives one reference back; the last one returns the array to the pool.</summary>
    public void Dispose()
    {
        var left = Interlocked.Decrement(ref references);
        if (left < 0)
            throw new InvalidOperationException("A frame was disposed more often than it was retained.");
        if (left == 0)
            ArrayPool<byte>.Shared.Return(array);
    }

    private void Grow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(end * 2, end + wanted)));
        array.AsSpan(start, Length).CopyTo(larger.AsSpan(start));
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
