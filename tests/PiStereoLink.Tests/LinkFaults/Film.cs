using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// Numbered pictures of one length, a thousand of them with bytes of their own and then from the beginning: what arrives can be told to
/// be the one that was sent, by the sequence in its stamp.
/// </summary>
internal static class Film
{
    public const int PictureBytes = 1024, Pictures = 1000;

    private static readonly byte[] Head =
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xDA, 0, 4, 0, 0];

    /// <summary>A whole JPEG by its markers; no decoder is meant to see it.</summary>
    public static byte[] Picture(ulong sequence)
    {
        var picture = new byte[PictureBytes];
        new Random((int)(sequence % Pictures)).NextBytes(picture);
        foreach (ref var value in picture.AsSpan(Head.Length))
            value &= 0x7F;      // never FF
        Head.CopyTo(picture, 0);
        picture[^2] = 0xFF;
        picture[^1] = 0xD9;
        return picture;
    }

    /// <summary>All pictures, one behind the other.</summary>
    public static void Write(string file)
    {
        using var stream = File.Create(file);
        for (var sequence = 1; sequence <= Pictures; sequence++)
            stream.Write(Picture((ulong)sequence));
    }

    /// <summary>Whether these bytes are that picture, with a stamp where a camera's own segment would be.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> stamped, ulong sequence) =>
        stamped.Length > PictureBytes && stamped[..2].SequenceEqual(Head.AsSpan(0, 2)) && stamped[^(PictureBytes - 2)..].SequenceEqual(Picture(sequence).AsSpan(2));

    /// <summary>The picture with a stamp of this identity, and a time of capture that follows from it.</summary>
    public static byte[] Stamped(CameraName camera, FrameIdentity identity)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Picture(identity.Sequence));
        using var stamped = StampWriter.Write(buffer, new Stamp
        {
            Camera = camera,
            Identity = identity,
            CapturedAt = new DateTime(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc).AddMilliseconds(40 * identity.Sequence),
        });
        return stamped.Span.ToArray();
    }
}
