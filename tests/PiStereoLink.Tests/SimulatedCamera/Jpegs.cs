namespace PiStereoLink.Tests.SimulatedCamera;

/// <summary>Takes the camera's output apart.</summary>
internal static class Jpegs
{
    /// <summary>Cuts a stream before each start of image.</summary>
    public static List<byte[]> Split(byte[] stream)
    {
        var starts = Enumerable.Range(0, Math.Max(0, stream.Length - 2)).Where(i => stream[i] == 0xFF && stream[i + 1] == 0xD8 && stream[i + 2] == 0xFF).ToList();
        return [.. starts.Select((start, i) => stream[start..(i + 1 < starts.Count ? starts[i + 1] : stream.Length)])];
    }

    public static bool IsWhole(byte[] jpeg) => jpeg is [0xFF, 0xD8, .., 0xFF, 0xD9];

    /// <summary>The second byte of each marker, in order, those inside the scan included.</summary>
    public static List<byte> Markers(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var i = 0; i + 1 < jpeg.Length; i++)
            if (jpeg[i] == 0xFF && jpeg[i + 1] is not (0 or 0xFF))
            {
                markers.Add(jpeg[i + 1]);
                // Up to the scan, segments have lengths; their contents are skipped.
                if (jpeg[i + 1] is >= 0xC0 and < 0xD0 or >= 0xDA)
                    i += jpeg[i + 1] == 0xD9 ? 0 : 1 + (jpeg[i + 2] << 8 | jpeg[i + 3]);
            }
        return markers;
    }

    /// <summary>Width and height as the frame header has them.</summary>
    public static (int Width, int Height) Size(byte[] jpeg)
    {
        for (var i = 2; ; i += 2 + (jpeg[i + 2] << 8 | jpeg[i + 3]))
            if (jpeg[i + 1] is 0xC0 or 0xC2)
                return (jpeg[i + 7] << 8 | jpeg[i + 8], jpeg[i + 5] << 8 | jpeg[i + 6]);
    }
}
