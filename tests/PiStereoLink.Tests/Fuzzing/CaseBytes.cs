using System.Buffers.Binary;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The bytes of one case: an array that is used again for the next.</summary>
internal sealed class CaseBytes
{
    private byte[] bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public Span<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for so many more bytes, which count from now on.</summary>
    public Span<byte> Add(int count)
    {
        if (Length + count > bytes.Length)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + count));
        Length += count;
        return bytes.AsSpan(Length - count, count);
    }

    public void Add(ReadOnlySpan<byte> more) => more.CopyTo(Add(more.Length));

    public void AddByte(int value) => Add(1)[0] = (byte)value;

    public void AddU16(int value, bool big = true)
    {
        if (big)
            BinaryPrimitives.WriteUInt16BigEndian(Add(2), (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(Add(2), (ushort)value);
    }

    public void AddU32(uint value, bool big = false)
    {
        if (big)
            BinaryPrimitives.WriteUInt32BigEndian(Add(4), value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(Add(4), value);
    }

    /// <summary>Any bytes but FF, so that no marker is among them.</summary>
    public void AddNoise(Draw draw, int count)
    {
        var to = Add(count);
        for (var i = 0; i < to.Length; i++)
            to[i] = (byte)draw.Below(0xFF);
    }

    public void Cut(int length) => Length = length;

    public void Remove(int at, int count)
    {
        Span[(at + count)..].CopyTo(Span[at..]);
        Length -= count;
    }

    public void Insert(int at, ReadOnlySpan<byte> more)
    {
        var behind = Length - at;
        Add(more.Length);
        Span.Slice(at, behind).CopyTo(Span[(at + more.Length)..]);
        more.CopyTo(Span[at..]);
    }
}
