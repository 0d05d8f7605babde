namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>A GIF of 252 fixed colours: 6 x 7 x 6 levels of red, green and blue. Its codes are never made shorter, so any reader takes it.</summary>
internal static class Gif
{
    private const int Reds = 6, Greens = 7, Blues = 6;
    private const int ColourBits = 8, CodeBits = ColourBits + 1, Clear = 1 << ColourBits, End = Clear + 1;

    // A reader's codes grow to ten bits once it has learnt 512 of them; a clear code before that keeps them at nine.
    private const int CodesBetweenClears = 250;
    private const int MostBlockBytes = 255;

    public static byte[] Encode(byte[] bgr, int width, int height)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GIF89a"u8);
        Size();
        writer.Write([0x80 | ColourBits - 1, 0, 0]);        // one table of 256 colours for all
        writer.Write(Palette());
        writer.Write((byte)',');
        writer.Write(0);                                    // at the top left
        Size();
        writer.Write([0, ColourBits]);
        foreach (var block in Codes(bgr).Chunk(MostBlockBytes))
        {
            writer.Write((byte)block.Length);
            writer.Write(block);
        }
        writer.Write([0, (byte)';']);
        return file.ToArray();

        void Size()
        {
            writer.Write((ushort)width);
            writer.Write((ushort)height);
        }
    }

    private static byte[] Palette()
    {
        var palette = new byte[3 << ColourBits];
        for (var colour = 0; colour < Reds * Greens * Blues; colour++)
        {
            palette[3 * colour] = (byte)(colour / (Greens * Blues) * 255 / (Reds - 1));
            palette[3 * colour + 1] = (byte)(colour / Blues % Greens * 255 / (Greens - 1));
            palette[3 * colour + 2] = (byte)(colour % Blues * 255 / (Blues - 1));
        }
        return palette;
    }

    private static IEnumerable<byte> Codes(byte[] bgr)
    {
        var (bits, count) = (0, 0);
        for (var pixel = 0; pixel <= bgr.Length / 3; pixel++)
        {
            if (pixel % CodesBetweenClears == 0)
                Put(Clear);
            Put(pixel == bgr.Length / 3 ? End : Nearest(bgr, 3 * pixel));
            for (; count >= 8; count -= 8, bits >>= 8)
                yield return (byte)bits;
        }
        if (count > 0)
            yield return (byte)bits;

        void Put(int code)
        {
            bits |= code << count;
            count += CodeBits;
        }
    }

    private static int Nearest(byte[] bgr, int at) =>
        (Level(bgr[at + 2], Reds) * Greens + Level(bgr[at + 1], Greens)) * Blues + Level(bgr[at], Blues);

    private static int Level(byte count, int levels) => (count * (levels - 1) + 127) / 255;
}
