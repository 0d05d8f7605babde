using System.Buffers.Binary;
using System.Globalization;

namespace PiStereoLink.Protocol;

/// <summary>The key against duplicates: which source, which run of its agent, which frame of that run.</summary>
/// <param name="Source">First 32 bits of SHA-256 of <c>installId/node/camera</c>.</param>
/// <param name="Run">Counts the starts of the agent; kept in its state folder.</param>
/// <param name="Sequence">Counts the frames of one camera in one run.</param>
public readonly record struct FrameIdentity(uint Source, uint Run, ulong Sequence)
{
    /// <summary>Length of the text form in characters.</summary>
    public const int TextLength = 32;

    /// <summary>The value of the EXIF tag ImageUniqueID: 32 hex digits, source, run, sequence.</summary>
    public override string ToString() => string.Create(TextLength, this, static (text, identity) => identity.TryFormat(text, out _));

    /// <summary>The same into <paramref name="text"/>, of at least <see cref="TextLength"/> characters.</summary>
    public bool TryFormat(Span<char> text, out int written)
    {
        Span<byte> bytes = stackalloc byte[TextLength / 2];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Source);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Run);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Sequence);
        return Convert.TryToHexStringLower(bytes, text, out written);
    }

    /// <summary>Reads the 32 hex digits of <see cref="ToString"/>, upper or lower case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FrameIdentity identity)
    {
        identity = default;
        if (text.Length != TextLength ||
            !uint.TryParse(text[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var source) ||
            !uint.TryParse(text[8..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var run) ||
            !ulong.TryParse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sequence))
            return false;
        identity = new FrameIdentity(source, run, sequence);
        return true;
    }

    /// <summary>The source number of one camera of one installation.</summary>
    public static uint SourceOf(string installId, CameraName camera) => Sha256.FirstWordOf($"{installId}/{camera}");
}
