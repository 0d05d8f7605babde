using System.Buffers.Binary;
using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Reads a stamp out of a JPEG. The bytes are untrusted: either byte order, tags in either directory, 64 kB, 200 entries and
/// 3 directories deep at most; anything odd means "no stamp".
/// </summary>
public static class StampReader
{
    private const int MaxEntries = 200, MaxDepth = 3;

    /// <summary>False when the picture carries no stamp of ours, or a damaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> jpeg, out Stamp stamp) => TryRead(jpeg, default, out stamp);

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out Stamp)"/>
    /// <param name="jpeg">The picture.</param>
    /// <param name="like">The stamp before it: names that are the same are taken from there, so that a stream of them makes no garbage.</param>
    /// <param name="stamp">What was read.</param>
    public static bool TryRead(ReadOnlySpan<byte> jpeg, Stamp like, out Stamp stamp)
    {
        stamp = default;
        var tags = new Tags();
        if (!TryFindTiff(jpeg, out var tiff) || !TryReadTags(tiff, ref tags))
            return false;
        return FrameIdentity.TryParse(Trimmed(tags.ImageUniqueId), out var identity)
            && tags.UserComment.StartsWith(ExifTags.AsciiComment)
            && StampComment.TryRead(Trimmed(tags.UserComment[ExifTags.AsciiComment.Length..]), identity, like, out stamp)
            && Complete(ref stamp, like, tags);
    }

    private ref struct Tags
    {
        public ReadOnlySpan<byte> ImageUniqueId, UserComment, Model, ExposureTime;
        public bool BigEndian;
        public int Entries;
    }

    private static bool Complete(ref Stamp stamp, in Stamp like, in Tags tags)
    {
        int? exposure = null;
        if (tags.ExposureTime.Length == 8)
        {
            var (numerator, denominator) = (U32(tags.ExposureTime, tags.BigEndian), U32(tags.ExposureTime[4..], tags.BigEndian));
            var microseconds = denominator == 0 ? 0 : numerator * 1e6 / denominator;
            exposure = microseconds is >= 0.5 and < int.MaxValue ? (int)Math.Round(microseconds) : null;
        }
        var model = Trimmed(tags.Model);
        var sensor = model.Length is > 0 and <= 64 && !model.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? Ascii.Equals(model, like.Sensor) ? like.Sensor : Encoding.ASCII.GetString(model)
            : null;
        stamp = stamp with { ExposureMicroseconds = exposure, Sensor = sensor };
        return true;
    }

    /// <summary>The TIFF structure inside the first EXIF segment before the first scan.</summary>
    private static bool TryFindTiff(ReadOnlySpan<byte> jpeg, out ReadOnlySpan<byte> tiff)
    {
        tiff = default;
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF;)
        {
            var code = jpeg[at + 1];
            if (code == 0xFF)
            {
                at++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (code is 0xD9 or 0xDA || length < 2 || at + 2 + length > jpeg.Length)
                return false;
            var body = jpeg.Slice(at + 4, length - 2);
            if (code == 0xE1 && body.StartsWith("Exif\0\0"u8))
            {
                tiff = body[6..];
                return true;
            }
            at += 2 + length;
        }
        return false;
    }

    private static bool TryReadTags(ReadOnlySpan<byte> tiff, ref Tags tags)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return false;
        tags.BigEndian = tiff[0] == 'M';
        return TryReadDirectory(tiff, U32(tiff[4..], tags.BigEndian), depth: 1, ref tags);
    }

    private static bool TryReadDirectory(ReadOnlySpan<byte> tiff, uint offset, int depth, ref Tags tags)
    {
        if (depth > MaxDepth || offset > tiff.Length - 2)
            return false;
        var directory = tiff[(int)offset..];
        var entries = U16(directory, tags.BigEndian);
        if ((tags.Entries += entries) > MaxEntries || 2 + entries * 12 > directory.Length)
            return false;
        for (var i = 0; i < entries; i++)
            if (!TryReadEntry(tiff, directory.Slice(2 + i * 12, 12), depth, ref tags))
                return false;
        return true;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entry, int depth, ref Tags tags)
    {
        var big = tags.BigEndian;
        var tag = U16(entry, big);
        if (tag == ExifTags.ExifDirectory)
            return TryReadDirectory(tiff, U32(entry[8..], big), depth + 1, ref tags);
        if (tag is not (ExifTags.ImageUniqueId or ExifTags.UserComment or ExifTags.Model or ExifTags.ExposureTime))
            return true;

        long bytes = (long)U32(entry[4..], big) * (U16(entry[2..], big) switch { 1 or 2 or 7 => 1, 3 => 2, 4 or 9 => 4, 5 or 10 => 8, _ => 0 });
        var offset = bytes <= 4 ? 0 : U32(entry[8..], big);
        if (bytes > 4 && offset + bytes > tiff.Length)
            return false;
        var value = bytes <= 4 ? entry.Slice(8, (int)bytes) : tiff.Slice((int)offset, (int)bytes);
        switch (tag)
        {
            case ExifTags.ImageUniqueId: tags.ImageUniqueId = value; break;
            case ExifTags.UserComment: tags.UserComment = value; break;
            case ExifTags.Model: tags.Model = value; break;
            case ExifTags.ExposureTime: tags.ExposureTime = value; break;
        }
        return true;
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text) => text.TrimEnd("\0 "u8);

    private static ushort U16(ReadOnlySpan<byte> at, bool big) =>
        big ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool big) =>
        big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
