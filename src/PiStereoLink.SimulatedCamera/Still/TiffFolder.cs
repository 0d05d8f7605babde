using System.Buffers.Binary;
using System.Text;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>One image file directory of a little-endian TIFF, which is also what EXIF and DNG are made of.</summary>
internal sealed class TiffFolder
{
    private const int EntryBytes = 12, InlineBytes = 4;

    private readonly SortedDictionary<ushort, (ushort Type, int Count, byte[] Value)> entries = [];

    /// <summary>The bytes it takes, values that stand outside their entries included.</summary>
    public int Length => 2 + EntryBytes * entries.Count + 4 + entries.Values.Sum(entry => entry.Value.Length > InlineBytes ? Even(entry.Value.Length) : 0);

    public TiffFolder Bytes(ushort tag, params byte[] values) => Put(tag, 1, values.Length, values);

    public TiffFolder Text(ushort tag, string text) => Put(tag, 2, text.Length + 1, [.. Encoding.ASCII.GetBytes(text), 0]);

    public TiffFolder Shorts(ushort tag, params ushort[] values) => Put(tag, 3, values.Length, [.. values.SelectMany(value => new[] { (byte)value, (byte)(value >> 8) })]);

    public TiffFolder Long(ushort tag, int value) => Put(tag, 4, 1, LittleEndian(value));

    public TiffFolder Undefined(ushort tag, params byte[] values) => Put(tag, 7, values.Length, values);

    /// <summary>Numerators over one denominator; signed where one of them is below zero.</summary>
    public TiffFolder Fractions(ushort tag, int denominator, params int[] numerators) =>
        Put(tag, (ushort)(numerators.Any(numerator => numerator < 0) ? 10 : 5), numerators.Length,
            [.. numerators.SelectMany(numerator => (byte[])[.. LittleEndian(numerator), .. LittleEndian(denominator)])]);

    /// <summary>The folder as it stands at an offset of its file, with the offset of the next one, or zero.</summary>
    public byte[] At(int offset, int next = 0)
    {
        var folder = new byte[Length];
        BinaryPrimitives.WriteUInt16LittleEndian(folder, (ushort)entries.Count);
        var (at, outside) = (2, 2 + EntryBytes * entries.Count + 4);
        foreach (var (tag, (type, count, value)) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(folder.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(folder.AsSpan(at + 2), type);
            BinaryPrimitives.WriteInt32LittleEndian(folder.AsSpan(at + 4), count);
            if (value.Length <= InlineBytes)
            {
                value.CopyTo(folder, at + 8);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(folder.AsSpan(at + 8), offset + outside);
                value.CopyTo(folder, outside);
                outside += Even(value.Length);
            }
            at += EntryBytes;
        }
        BinaryPrimitives.WriteInt32LittleEndian(folder.AsSpan(at), next);
        return folder;
    }

    private TiffFolder Put(ushort tag, ushort type, int count, byte[] value)
    {
        entries[tag] = (type, count, value);
        return this;
    }

    // Values begin at even offsets.
    private static int Even(int length) => length + length % 2;

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
