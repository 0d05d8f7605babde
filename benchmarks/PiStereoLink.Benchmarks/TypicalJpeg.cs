namespace PiStereoLink.Benchmarks;

/// <summary>Whole JPEGs by their markers, with as many FF 00 in their scan as a camera's picture has.</summary>
internal static class TypicalJpeg
{
    public static byte[] Of(int bytes)
    {
        var random = new Random(1);
        List<byte> jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 1, 0xE0, 2, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
        while (jpeg.Count < bytes)
        {
            var value = (byte)random.Next(256);
            jpeg.Add(value);
            if (value == 0xFF)
                jpeg.Add(0);
        }
        jpeg.AddRange([0xFF, 0xD9]);
        return [.. jpeg];
    }
}
