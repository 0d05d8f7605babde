using System.Globalization;
using PiStereoLink.SimulatedCamera.Metering;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>The EXIF that a program writes into its JPEGs.</summary>
/// <param name="Make">The maker.</param>
/// <param name="Model">The camera.</param>
/// <param name="Software">The program, or null: raspistill says nothing.</param>
internal sealed record Exif(string Make, string Model, string? Software)
{
    private const int HeaderBytes = 8;
    private static readonly byte[] Name = [.. "Exif\0\0"u8];

    /// <summary>The APP1 segment of one picture, with a JPEG thumbnail if there is one.</summary>
    public byte[] Segment(Reading reading, DateTime localTime, byte[]? thumbnail)
    {
        var time = localTime.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture);
        var about = new TiffFolder()
            .Fractions(0x829A, 1_000_000, (int)Math.Min(int.MaxValue, reading.ExposureMicroseconds))    // ExposureTime
            .Shorts(0x8827, (ushort)Math.Min(ushort.MaxValue, reading.Iso))
            .Undefined(0x9000, [.. "0230"u8])                                                           // ExifVersion
            .Text(0x9003, time);                                                                        // DateTimeOriginal
        var picture = new TiffFolder().Text(0x010F, Make).Text(0x0110, Model).Text(0x0132, time).Long(0x8769, 0);
        if (Software is not null)
            picture.Text(0x0131, Software);

        // An offset of one length: only now is it known how long the folder before it is.
        var aboutAt = HeaderBytes + picture.Length;
        var smallAt = aboutAt + about.Length;
        picture.Long(0x8769, aboutAt);
        var small = new TiffFolder().Shorts(0x0103, 6).Long(0x0201, 0).Long(0x0202, thumbnail?.Length ?? 0);
        small.Long(0x0201, smallAt + small.Length);

        byte[] tiff = [.. "II*\0"u8, HeaderBytes, 0, 0, 0, .. picture.At(HeaderBytes, thumbnail is null ? 0 : smallAt), .. about.At(aboutAt)];
        byte[] body = thumbnail is null ? [.. Name, .. tiff] : [.. Name, .. tiff, .. small.At(smallAt), .. thumbnail];
        var length = body.Length + 2;
        return [0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body];
    }
}
