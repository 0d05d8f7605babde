using System.Buffers.Binary;
using System.Globalization;

namespace PiStereoLink.Protocol;

/// <summary>Puts a stamp into a JPEG: one EXIF segment directly after SOI. The pixels are untouched; it costs about 600 bytes.</summary>
public static class StampWriter
{
    /// <summary>Room that any stamp fits into: SOI, the segment, the longest names and numbers.</summary>
    private const int MaxHeadBytes = 1500;

    private const int TiffHeaderBytes = 8;

    /// <summary>Replaces the camera's own EXIF, if it has any, by <paramref name="stamp"/>.</summary>
    /// <param name="picture">A JPEG; only its first bytes change, what follows does not move.</param>
    /// <param name="stamp">What to write.</param>
    /// <param name="exif">Where the camera's EXIF segment stands (<see cref="JpegScanner.ExifStart"/>), 0 and 0 when none.</param>
    /// <returns>The stamped picture: the same buffer, or a new one where its headroom was too small.</returns>
    public static FrameBuffer Write(FrameBuffer picture, in Stamp stamp, (int Start, int End) exif = default)
    {
        Span<byte> segment = stackalloc byte[MaxHeadBytes];
        segment = segment[..WriteSegment(segment, stamp)];

        // SOI, the stamp, and what the camera put between SOI and its own EXIF (a JFIF header at most; more is left in place).
        var removed = exif is { Start: >= 2, End: > 0 } && exif.Start - 2 <= 64 ? exif.End : 2;
        var before = removed == 2 ? default : picture.Span[2..exif.Start];
        Span<byte> head = stackalloc byte[2 + segment.Length + before.Length];
        head[0] = 0xFF;
        head[1] = 0xD8;
        segment.CopyTo(head[2..]);
        before.CopyTo(head[(2 + segment.Length)..]);
        if (picture.TryReplaceHead(removed, head))
            return picture;

        var moved = FrameBuffer.Rent(head.Length + picture.Length - removed);
        moved.Append(head);
        moved.Append(picture.Span[removed..]);
        picture.Dispose();
        return moved;
    }

    /// <summary>Writes the APP1 segment; returns its length in bytes.</summary>
    private static int WriteSegment(Span<byte> segment, in Stamp stamp)
    {
        var tiff = segment[ExifTags.SegmentHead..];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32LittleEndian(tiff[4..], TiffHeaderBytes);
        // 2026-11-21T08:45:12.1234567: EXIF writes the date with colons, a space, and the fraction elsewhere.
        Span<byte> iso = stackalloc byte[33];
        stamp.CapturedAt.TryFormat(iso, out _, "O", CultureInfo.InvariantCulture);
        (iso[4], iso[7], iso[10]) = ((byte)':', (byte)':', (byte)' ');
        var time = iso[..19];
        var fraction = iso[20..26];

        var main = new TiffDirectory(tiff, TiffHeaderBytes, entries: 4);
        main.WriteAscii(ExifTags.Make, "Raspberry Pi"u8);
        main.WriteAscii(ExifTags.Model, stamp.Sensor is { Length: > 0 and <= 64 } sensor ? sensor : "unknown");
        main.WriteAscii(ExifTags.DateTime, time);
        main.WriteLong(ExifTags.ExifDirectory, (uint)main.End);

        var exposure = stamp.ExposureMicroseconds is > 0;
        var gain = stamp.AnalogueGain is > 0;
        var exif = new TiffDirectory(tiff, main.End, entries: 10 + (exposure ? 1 : 0) + (gain ? 2 : 0));
        if (exposure)
            exif.WriteRational(ExifTags.ExposureTime, (uint)stamp.ExposureMicroseconds!.Value, 1_000_000);
        if (gain)
        {
            exif.WriteShort(ExifTags.PhotographicSensitivity, Iso(stamp));
            exif.WriteShort(ExifTags.SensitivityType, ExifTags.IsoSpeed);
        }
        exif.WriteUndefined(ExifTags.ExifVersion, "0232"u8);
        exif.WriteAscii(ExifTags.DateTimeOriginal, time);
        exif.WriteAscii(ExifTags.OffsetTime, "+00:00"u8);
        exif.WriteAscii(ExifTags.OffsetTimeOriginal, "+00:00"u8);
        exif.WriteLong(ExifTags.ImageNumber, (uint)stamp.Identity.Sequence);
        Span<byte> comment = stackalloc byte[StampComment.MaxBytes];
        exif.WriteUndefined(ExifTags.UserComment, comment[..StampComment.Write(comment, stamp)]);
        exif.WriteAscii(ExifTags.SubSecTime, fraction);
        exif.WriteAscii(ExifTags.SubSecTimeOriginal, fraction);
        Span<char> identity = stackalloc char[FrameIdentity.TextLength];
        stamp.Identity.TryFormat(identity, out _);
        exif.WriteAscii(ExifTags.ImageUniqueId, identity);
        Span<char> camera = stackalloc char[CameraName.MaxTextLength];
        stamp.Camera.TryFormat(camera, out var length);
        exif.WriteAscii(ExifTags.BodySerialNumber, camera[..length]);

        length = ExifTags.SegmentHead + exif.End;
        segment[0] = 0xFF;
        segment[1] = 0xE1;
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], (ushort)(length - 2));
        "Exif\0\0"u8.CopyTo(segment[4..]);
        return length;
    }

    /// <summary>ISO 100 is a gain of 1, as the Raspberry Pi's own programs write it.</summary>
    private static ushort Iso(in Stamp stamp) =>
        (ushort)Math.Clamp(Math.Round(100 * stamp.AnalogueGain!.Value * (stamp.DigitalGain ?? 1)), 1, ushort.MaxValue);
}
