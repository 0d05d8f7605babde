using System.Buffers.Binary;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>EXIF segments as other programs write them: in either byte order, each tag in either directory, among tags that a stamp does not use.</summary>
internal sealed class MadeUpExif(Draw draw, CaseBytes to)
{
    private const ushort Model = 0x0110, ExifDirectory = 0x8769, ExposureTime = 0x829A, UserComment = 0x9286, ImageUniqueId = 0xA420;
    private const ushort Text = 2, Short = 3, Long = 4, Rational = 5, Undefined = 7;
    private const int TiffHeader = 8, EntryBytes = 12;

    private static readonly ushort[] Others = [0x010F, 0x0112, 0x0132, 0x8825, 0x9003, 0x927C, 0xA430, 0xFFFF];

    private readonly List<(ushort Tag, ushort Type, byte[] Value)> first = [], second = [];
    private bool big;
    private int tiff;

    /// <summary>Writes an APP1 segment that holds <paramref name="stamp"/> with this comment.</summary>
    public void Write(in Stamp stamp, ReadOnlySpan<byte> comment)
    {
        big = draw.OneIn(2);
        first.Clear();
        second.Clear();
        Place(ImageUniqueId, Text, Encoding.ASCII.GetBytes(stamp.Identity + "\0"));
        Place(UserComment, Undefined, [.. "ASCII\0\0\0"u8, .. comment]);
        if (stamp.Sensor is { } sensor)
            Place(Model, Text, Encoding.ASCII.GetBytes(sensor + "\0"));
        if (stamp.ExposureMicroseconds is { } exposure)
            Place(ExposureTime, Rational, [.. Number((uint)exposure), .. Number(1_000_000)]);
        for (var others = draw.Below(4); others > 0; others--)
            Place(draw.Pick<ushort>(Others), draw.Pick<ushort>([Text, Short, Long]), new byte[4 * draw.Between(1, 5)]);
        first.Insert(draw.Below(first.Count + 1), (ExifDirectory, Long, Number((uint)(TiffHeader + Size(first.Count + 1)))));

        var start = to.Length;
        to.AddU16(0xFFE1);
        to.AddU16(0);
        to.Add("Exif\0\0"u8);
        tiff = to.Length;
        to.Add(big ? "MM\0*"u8 : "II*\0"u8);
        to.AddU32(TiffHeader, big);
        Write(first, valuesAt: TiffHeader + Size(first.Count) + Size(second.Count));
        Write(second, valuesAt: TiffHeader + Size(first.Count) + Size(second.Count) + Outside(first));
        foreach (var (_, _, value) in first.Concat(second))
            if (value.Length > 4)
                to.Add(value);
        BinaryPrimitives.WriteUInt16BigEndian(to.Span[(start + 2)..], (ushort)(to.Length - start - 2));
    }

    /// <summary>Turns something in the structure to an odd value: an offset into a loop or an overlap, a count, a kind.</summary>
    public void MakeOdd()
    {
        var entry = tiff + TiffHeader + 2 + EntryBytes * draw.Below(first.Count + 1 + second.Count);
        var pointer = TiffHeader + 2 + EntryBytes * first.FindIndex(one => one.Tag == ExifDirectory);
        switch (draw.Below(6))
        {
            case 0: SetU32(tiff + pointer + 8, draw.Pick<uint>([0, TiffHeader, (uint)pointer, (uint)(TiffHeader + Size(first.Count)), draw.Odd()])); break;
            case 1: SetU32(entry + 8, draw.OneIn(2) ? (uint)draw.Below(to.Length) : draw.Odd()); break;
            case 2: SetU32(entry + 4, draw.Odd()); break;
            case 3: SetU16(entry + 2, draw.Odd()); break;
            case 4: SetU16(tiff + TiffHeader + (draw.OneIn(2) ? 0 : Size(first.Count)), draw.Odd()); break;
            default: SetU32(tiff + 4, draw.Odd()); break;
        }
    }

    private void Place(ushort tag, ushort type, byte[] value) => (draw.OneIn(2) ? first : second).Add((tag, type, value));

    private static int Size(int entries) => 2 + EntryBytes * entries + 4;

    private static int Outside(List<(ushort, ushort, byte[] Value)> entries) => entries.Sum(entry => entry.Value.Length > 4 ? entry.Value.Length : 0);

    private byte[] Number(uint value)
    {
        var bytes = BitConverter.GetBytes(value);
        if (big)
            Array.Reverse(bytes);
        return bytes;
    }

    private void Write(List<(ushort Tag, ushort Type, byte[] Value)> entries, int valuesAt)
    {
        to.AddU16(entries.Count, big);
        foreach (var (tag, type, value) in entries)
        {
            to.AddU16(tag, big);
            to.AddU16(type, big);
            to.AddU32((uint)(value.Length / type switch { Short => 2, Long => 4, Rational => 8, _ => 1 }), big);
            if (value.Length == 4)
            {
                to.Add(value);
                continue;
            }
            to.AddU32((uint)valuesAt, big);
            valuesAt += value.Length;
        }
        to.AddU32(0);
    }

    private void SetU32(int at, uint value)
    {
        if (at + 4 <= to.Length)
            BitConverter.TryWriteBytes(to.Span[at..], big ? BinaryPrimitives.ReverseEndianness(value) : value);
    }

    private void SetU16(int at, uint value)
    {
        if (at + 2 <= to.Length)
            BitConverter.TryWriteBytes(to.Span[at..], big ? BinaryPrimitives.ReverseEndianness((ushort)value) : (ushort)value);
    }
}
