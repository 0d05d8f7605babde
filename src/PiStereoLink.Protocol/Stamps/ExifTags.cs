namespace PiStereoLink.Protocol;

/// <summary>The EXIF 2.32 tags that a stamp uses, by number.</summary>
internal static class ExifTags
{
    public const ushort Make = 0x010F;
    public const ushort Model = 0x0110;
    public const ushort DateTime = 0x0132;
    public const ushort ExifDirectory = 0x8769;
    public const ushort ExposureTime = 0x829A;
    public const ushort PhotographicSensitivity = 0x8827;
    public const ushort SensitivityType = 0x8830;
    public const ushort ExifVersion = 0x9000;
    public const ushort DateTimeOriginal = 0x9003;
    public const ushort OffsetTime = 0x9010;
    public const ushort OffsetTimeOriginal = 0x9011;
    public const ushort ImageNumber = 0x9211;
    public const ushort UserComment = 0x9286;
    public const ushort SubSecTime = 0x9290;
    public const ushort SubSecTimeOriginal = 0x9291;
    public const ushort ImageUniqueId = 0xA420;
    public const ushort BodySerialNumber = 0xA431;

    /// <summary>Bytes in front of the TIFF structure of an APP1 segment: the marker, its length, <c>Exif\0\0</c>.</summary>
    public const int SegmentHead = 10;

    /// <summary>SensitivityType 3: the ISO speed as the sensor's gain gives it.</summary>
    public const ushort IsoSpeed = 3;

    /// <summary>What a user comment in ASCII begins with.</summary>
    public static ReadOnlySpan<byte> AsciiComment => "ASCII\0\0\0"u8;
}
