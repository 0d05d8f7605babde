using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>A picture as the sensor's colour filter saw it, in a DNG: linear, one colour for each pixel, not yet balanced to white.</summary>
/// <remarks>The renderer works in sRGB, so that is this camera's colour space. The size is the picture's, not the sensor's.</remarks>
internal static class RawFile
{
    private const int HeaderBytes = 8;
    private const ushort Black = 64, White = 1023;

    public static byte[] Of(Framing framing, StillPicture picture)
    {
        var (red, blue) = (1 / picture.Reading.RedGain, 1 / picture.Reading.BlueGain);
        var folder = new TiffFolder()
            .Long(254, 0)                               // the main picture
            .Long(256, framing.Width)
            .Long(257, framing.Height)
            .Shorts(258, 16)                            // bits
            .Shorts(259, 1)                             // not compressed
            .Shorts(262, 32803)                         // a colour filter array
            .Text(271, "Raspberry Pi")
            .Text(272, "imx219")
            .Long(273, 0)                               // where the strip begins; put in below
            .Shorts(274, 1)                             // row 0 is the top
            .Shorts(277, 1)
            .Long(278, framing.Height)
            .Long(279, 2 * framing.Width * framing.Height)
            .Shorts(33421, 2, 2)                        // the filter repeats after 2 x 2
            .Bytes(33422, 0, 1, 1, 2)                   // red green, green blue
            .Bytes(50706, 1, 4, 0, 0)                   // DNG 1.4
            .Bytes(50707, 1, 1, 0, 0)
            .Text(50708, "Raspberry Pi imx219 simulated")
            .Shorts(50714, Black)
            .Shorts(50717, White)
            // From XYZ under D65 to linear sRGB.
            .Fractions(50721, 10_000, 32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)
            .Fractions(50728, 1_000_000, (int)(1e6 * red), 1_000_000, (int)(1e6 * blue))
            .Shorts(50778, 21);                         // D65
        var stripAt = HeaderBytes + folder.Length;
        folder.Long(273, stripAt);
        return [.. "II*\0"u8, HeaderBytes, 0, 0, 0, .. folder.At(HeaderBytes), .. Mosaic(framing, picture.Bgr, red, blue)];
    }

    private static byte[] Mosaic(Framing framing, byte[] bgr, double red, double blue)
    {
        ushort[][] tables = [Table(blue), Table(1), Table(red)];
        var mosaic = new byte[2 * framing.Width * framing.Height];
        for (var row = 0; row < framing.Height; row++)
            for (var column = 0; column < framing.Width; column++)
            {
                var channel = (row % 2 == 0 ? 2 : 1) - column % 2;
                var pixel = row * framing.Width + column;
                var value = tables[channel][bgr[3 * pixel + channel]];
                (mosaic[2 * pixel], mosaic[2 * pixel + 1]) = ((byte)value, (byte)(value >> 8));
            }
        return mosaic;
    }

    // What the sensor counted for each count of the picture.
    private static ushort[] Table(double response) =>
        [.. Enumerable.Range(0, 256).Select(count => (ushort)Math.Min(White, Black + (White - Black) * response * Math.Pow(count / 255.0, 2.2)))];
}
