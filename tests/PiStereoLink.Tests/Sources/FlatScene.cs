using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Sources;

/// <summary>A wall of random grey squares, seen by two eyes so that every point lies 16 pixels further left in the right one.</summary>
internal static class FlatScene
{
    public const int Disparity = 16, Width = 320, Height = 240;

    private const int Square = 3;

    public static byte[] Left(int width = Width, int height = Height) => Jpeg(width, height, (x, y) => Wall(x, y));

    public static byte[] Right(int width = Width, int height = Height) => Jpeg(width, height, (x, y) => Wall(x + Disparity, y));

    /// <summary>Both in one frame, the left eye first.</summary>
    public static byte[] SideBySide() => Jpeg(2 * Width, Height, (x, y) => x < Width ? Wall(x, y) : Wall(x - Width + Disparity, y));

    /// <summary>As a PS4 camera's sensors lie in its frame: the first eye is the right camera's. White where no eye is.</summary>
    public static byte[] Ps4Frame() => Jpeg(1748, 408, (x, y) =>
        y >= 400 || x is < 48 or >= 48 + 1280 ? (byte)255 : x < 48 + 640 ? Wall(x - 48 + Disparity, y) : Wall(x - 48 - 640, y));

    private static byte[] Jpeg(int width, int height, Func<int, int, byte> grey)
    {
        var pixels = new Bgr[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = grey(i % width, i / width);
            pixels[i] = new Bgr(value, value, value);
        }
        return new ColourPicture(width, height, pixels).EncodeJpeg(95);
    }

    private static byte Wall(int x, int y) => (byte)(40 + (uint)HashCode(x / Square, y / Square) % 160);

    // The same in every run, unlike System.HashCode.
    private static int HashCode(int x, int y)
    {
        var mixed = unchecked((uint)(x * 73856093 ^ y * 19349663) * 2654435761);
        return (int)(mixed >> 8);
    }
}
