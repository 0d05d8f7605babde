using System.Buffers.Binary;
using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Writes one TIFF directory into a span, little-endian: the entries in ascending order of their tags, values that do not fit
/// into an entry behind the directory. TIFF 6.0, section 2.
/// </summary>
internal ref struct TiffDirectory
{
    private const int EntryBytes = 12;
    private const ushort Ascii = 2, Short = 3, Long = 4, Rational = 5, Undefined = 7;

    private readonly Span<byte> tiff;
    private int entry;

    /// <summary>Where the next value goes; after the last entry, where the directory ends.</summary>
    public int End { get; private set; }

    public TiffDirectory(Span<byte> tiff, int at, int entries)
    {
        this.tiff = tiff;
        BinaryPrimitives.WriteUInt16LittleEndian(tiff[at..], (ushort)entries);
        entry = at + 2;
        End = entry + entries * EntryBytes + 4;
        tiff[(End - 4)..End].Clear();     // no next directory
    }

    public void WriteShort(ushort tag, ushort value) => Write(tag, Short, 1, value);

    public void WriteLong(ushort tag, uint value) => Write(tag, Long, 1, value);

    public void WriteRational(ushort tag, uint numerator, uint denominator)
    {
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(value, numerator);
        BinaryPrimitives.WriteUInt32LittleEndian(value[4..], denominator);
        WriteBytes(tag, Rational, 1, value);
    }

    public void WriteAscii(ushort tag, scoped ReadOnlySpan<char> text)
    {
        Span<byte> value = stackalloc byte[text.Length];
        Encoding.ASCII.GetBytes(text, value);
        WriteAscii(tag, value);
    }

    public void WriteAscii(ushort tag, scoped ReadOnlySpan<byte> text)
    {
        Span<byte> value = stackalloc byte[text.Length + 1];
        text.CopyTo(value);
        value[^1] = 0;
        WriteBytes(tag, Ascii, value.Length, value);
    }

    public void WriteUndefined(ushort tag, scoped ReadOnlySpan<byte> value) => WriteBytes(tag, Undefined, value.Length, value);

    private void WriteBytes(ushort tag, ushort type, int count, scoped ReadOnlySpan<byte> value)
    {
        if (value.Length <= 4)
        {
            Span<byte> inline = stackalloc byte[4];
            inline.Clear();
            value.CopyTo(inline);
            Write(tag, type, count, BinaryPrimitives.ReadUInt32LittleEndian(inline));
            return;
        }
        value.CopyTo(tiff[End..]);
        Write(tag, type, count, (uint)End);
        End += value.Length;
        if (End % 2 != 0)
            tiff[End++] = 0;      // values begin on a word
    }

    private void Write(ushort tag, ushort type, int count, uint value)
    {
        var at = tiff[entry..];
        BinaryPrimitives.WriteUInt16LittleEndian(at, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], type);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)count);
        BinaryPrimitives.WriteUInt32LittleEndian(at[8..], value);
        entry += EntryBytes;
    }
}
