using System.Collections.Concurrent;

namespace PiStereoLink.Protocol;

/// <summary>
/// What stands behind a <see cref="FrameBuffer"/> and a <see cref="Frame"/>: a pooled array and what the frame is called. Slots are
/// used again, so that a frame costs no garbage; a life number in every handle tells a slot's owners from those before them.
/// </summary>
internal sealed class FrameSlot
{
    /// <summary>More frames than any queue holds; a slot without its array is about 300 bytes.</summary>
    private const int SlotsKept = 1024;

    private static readonly ConcurrentQueue<FrameSlot> Idle = new();

    private long state;      // life in the upper half, references in the lower

    public byte[] Array = [];
    public int Start;
    public int End;
    public FrameLabel Label;

    /// <summary>A slot with one reference and an array of at least so many bytes; and the number of its life.</summary>
    public static (FrameSlot Slot, uint Life) Take(int bytes)
    {
        if (!Idle.TryDequeue(out var slot))
            slot = new FrameSlot();
        slot.Array = FrameArrays.Rent(bytes);
        slot.Start = slot.End = FrameBuffer.Headroom;
        var life = LifeOf(slot.state) + 1;
        Volatile.Write(ref slot.state, StateOf(life, references: 1));
        return (slot, life);
    }

    /// <summary>True while the slot lives this life.</summary>
    public bool Lives(uint life) => Volatile.Read(ref state) is var now && LifeOf(now) == life && ReferencesOf(now) > 0;

    /// <summary>Takes one more reference; false when that life is over.</summary>
    public bool TryRetain(uint life) => TryChange(life, +1, out _);

    /// <summary>Gives one reference back; with the last one the array returns to its pool and the slot to its own.</summary>
    /// <exception cref="InvalidOperationException">That life is over.</exception>
    public void Release(uint life)
    {
        if (!TryChange(life, -1, out var left))
            throw new InvalidOperationException("A frame was disposed more often than it was retained.");
        if (left > 0)
            return;
        FrameArrays.Return(Array);
        (Array, Label) = ([], default);
        if (Idle.Count < SlotsKept)
            Idle.Enqueue(this);
    }

    private bool TryChange(uint life, int by, out uint references)
    {
        for (var seen = Volatile.Read(ref state); ;)
        {
            references = ReferencesOf(seen);
            if (LifeOf(seen) != life || references == 0)
                return false;
            references = (uint)(references + by);
            var before = Interlocked.CompareExchange(ref state, StateOf(life, references), seen);
            if (before == seen)
                return true;
            seen = before;
        }
    }

    private static long StateOf(uint life, uint references) => (long)((ulong)life << 32 | references);

    private static uint LifeOf(long state) => (uint)((ulong)state >> 32);

    private static uint ReferencesOf(long state) => (uint)state;
}
