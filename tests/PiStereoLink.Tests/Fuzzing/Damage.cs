using System.Buffers.Binary;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>What a bad line, a bad disk or a bad will does to bytes.</summary>
internal static class Damage
{
    /// <summary>Changes the bytes in one to three places.</summary>
    public static void Do(Draw draw, CaseBytes bytes)
    {
        for (var times = draw.Between(1, 3); times > 0 && bytes.Length > 0; times--)
            Once(draw, bytes);
    }

    private static void Once(Draw draw, CaseBytes bytes)
    {
        var at = draw.Below(bytes.Length);
        var count = Math.Min(draw.Between(1, 40), bytes.Length - at);
        Span<byte> piece = stackalloc byte[count];
        switch (draw.Below(8))
        {
            case 0: bytes.Span[at] ^= (byte)(1 << draw.Below(8)); break;
            case 1: bytes.Span[at] = draw.Pick<byte>([0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0xC0, 0xC4, 0xD8, 0xD9, 0xDA, 0xE1, (byte)'{', (byte)'"', (byte)'\\']); break;
            case 2 when count >= 4: BinaryPrimitives.WriteUInt32LittleEndian(bytes.Span[at..], draw.Odd()); break;
            case 3 when count >= 2: BinaryPrimitives.WriteUInt16BigEndian(bytes.Span[at..], (ushort)draw.Odd()); break;
            case 4: bytes.Cut(at); break;
            case 5: bytes.Remove(at, count); break;
            case 6:
                bytes.Span.Slice(at, count).CopyTo(piece);
                bytes.Insert(draw.Below(bytes.Length + 1), piece);
                break;
            default:
                foreach (ref var one in piece)
                    one = (byte)draw.Number();
                bytes.Insert(at, piece);
                break;
        }
    }
}
