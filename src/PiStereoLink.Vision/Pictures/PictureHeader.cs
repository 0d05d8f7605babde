using System.Buffers.Binary;

namespace PiStereoLink.Vision;

/// <summary>Reads a picture's size out of its first bytes, before any decoder sees it.</summary>
internal static class PictureHeader
{
    public static bool TryReadSize(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        return bytes switch
        {
            [0xFF, 0xD8, ..] => TryReadJpeg(bytes, out width, out height),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => TryReadPng(bytes, out width, out height),
            [(byte)'P', >= (byte)'1' and <= (byte)'6', ..] => TryReadPnm(bytes, out width, out height),
            _ => false,
        };
    }

    /// <summary>Walks the segments to the first frame header (ITU-T T.81, B.2.2).</summary>
    private static bool TryReadJpeg(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        var at = 2;
        while (at + 4 <= bytes.Length)
        {
            if (bytes[at] != 0xFF)
                return false;
            var marker = bytes[at + 1];
            if (marker == 0xFF)   // fill byte
            {
                at++;
                continue;
            }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))   // TEM, RSTn: no length
            {
                at += 2;
                continue;
            }
            if (marker is 0xD9 or 0xDA)   // EOI, SOS before any frame header
                return false;

            var isFrameHeader = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);   // not DHT, JPG, DAC
            if (isFrameHeader)
            {
                if (at + 9 > bytes.Length)
                    return false;
                height = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]);
                return true;
            }
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return false;
    }

    /// <summary>IHDR is always the first chunk: length, name, width, height.</summary>
    private static bool TryReadPng(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (bytes.Length < 24 || !bytes[12..16].SequenceEqual("IHDR"u8))
            return false;
        width = BinaryPrimitives.ReadInt32BigEndian(bytes[16..]);
        height = BinaryPrimitives.ReadInt32BigEndian(bytes[20..]);
        return true;
    }

    /// <summary>P5, then two numbers; lines that begin with # are comments.</summary>
    private static bool TryReadPnm(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        var at = 2;
        height = 0;
        return TryReadNumber(bytes, ref at, out width) && TryReadNumber(bytes, ref at, out height);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        number = 0;
        while (at < bytes.Length && (bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#'))
        {
            if (bytes[at] == '#')
                while (at < bytes.Length && bytes[at] != '\n')
                    at++;
            else
                at++;
        }
        var start = at;
        while (at < bytes.Length && at - start < 7 && bytes[at] is >= (byte)'0' and <= (byte)'9')
            number = number * 10 + (bytes[at++] - '0');
        return at > start;
    }
}
