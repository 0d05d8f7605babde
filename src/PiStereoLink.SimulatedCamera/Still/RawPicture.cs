namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>Pictures without a header: bytes row by row, padded to a multiple of columns and rows where the program's buffers are.</summary>
internal sealed class RawPicture(int width, int height, int columns = 1, int rows = 1)
{
    private readonly int paddedWidth = Up(width, columns), paddedHeight = Up(height, rows);

    public byte[] Encode(byte[] bgr, string encoding) => encoding switch
    {
        "rgb" => Interleaved(bgr, swapped: true),
        "bgr" => Interleaved(bgr, swapped: false),
        "luma" => Yuv420(bgr)[..(paddedWidth * paddedHeight)],
        _ => Yuv420(bgr),
    };

    private byte[] Interleaved(byte[] bgr, bool swapped)
    {
        var raw = new byte[3 * paddedWidth * paddedHeight];
        for (var row = 0; row < height; row++)
            bgr.AsSpan(3 * width * row, 3 * width).CopyTo(raw.AsSpan(3 * paddedWidth * row));
        if (swapped)
            for (var at = 0; at < raw.Length; at += 3)
                (raw[at], raw[at + 2]) = (raw[at + 2], raw[at]);
        return raw;
    }

    // Full range BT.601, as JPEG has it: the plane of Y, then U and V of each 2 x 2 pixels.
    private byte[] Yuv420(byte[] bgr)
    {
        var luma = paddedWidth * paddedHeight;
        var (halfWidth, half) = (paddedWidth / 2, paddedWidth / 2 * (paddedHeight / 2));
        var yuv = new byte[luma + 2 * half];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var at = 3 * (row * width + column);
                yuv[row * paddedWidth + column] = Count(0.299 * bgr[at + 2] + 0.587 * bgr[at + 1] + 0.114 * bgr[at]);
            }
        for (var row = 0; row + 1 < height; row += 2)
            for (var column = 0; column + 1 < width; column += 2)
            {
                var (red, green, blue) = (Mean(row, column, 2), Mean(row, column, 1), Mean(row, column, 0));
                var at = luma + row / 2 * halfWidth + column / 2;
                yuv[at] = Count(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue);
                yuv[at + half] = Count(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue);
            }
        return yuv;

        static byte Count(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

        double Mean(int row, int column, int channel)
        {
            var at = 3 * (row * width + column) + channel;
            return (bgr[at] + bgr[at + 3] + bgr[at + 3 * width] + bgr[at + 3 * width + 3]) / 4.0;
        }
    }

    private static int Up(int pixels, int to) => (pixels + to - 1) / to * to;
}
