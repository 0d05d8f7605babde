using System.Buffers.Binary;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What to make of a row of pictures.</summary>
public enum PictureRow
{
    /// <summary>Nothing to say.</summary>
    Fine,

    /// <summary>The same picture again and again: the camera hangs. A restart may help.</summary>
    Frozen,

    /// <summary>The same as before the restart: it is what stands before the camera. Said once.</summary>
    Still,

    /// <summary>One flat tone again and again: a covered lens, or night. Said once.</summary>
    Flat,
}

/// <summary>
/// Notices a camera that repeats one picture. A sensor's noise makes each picture different even of a wall, so the same scan again and
/// again is a buffer that nobody fills any more, whatever times it is given. Only what the noise cannot reach is alike: a flat tone, which a
/// restart would not change.
/// </summary>
public sealed class FrozenPicture(TimeProvider time)
{
    private const int FewestPictures = 3;

    /// <summary>A block without detail is 14 to 20 bits, so a flat picture has less than 0.03 bytes a pixel; a real one, badly compressed, 0.05.</summary>
    private const double FlatBytesPerPixel = 0.03;

    /// <summary>4 kB take 3 microseconds; all of a 1080p picture took as long as everything else that is done with it.</summary>
    private const int Stripes = 64, StripeBytes = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private int length;                 // of the last scan
    private int? hash;                  // of it; not known while lengths differ
    private int same;                   // pictures after the first of this row that were like it
    private long since;
    private bool said, flatSaid;
    private (int Length, int Hash)? restartedFor;

    /// <summary>A program has been started: the row begins anew, but what a restart did not change is remembered.</summary>
    public void Restarted() => length = 0;

    /// <summary>Looks at the next picture. Costs a comparison of lengths, and a hash only where those are the same.</summary>
    /// <param name="jpeg">A whole picture.</param>
    public PictureRow Look(ReadOnlySpan<byte> jpeg)
    {
        var scan = Scan(jpeg, out var pixels);
        var flat = scan.Length < FlatBytesPerPixel * pixels;
        flatSaid &= scan.Length < 2 * FlatBytesPerPixel * pixels;
        if (scan.Length != length)
            return Begin(scan.Length, null);
        var now = Hash(scan);
        if (now != hash)
            return Begin(scan.Length, now, goesOn: hash is null);
        same++;
        if (said || same < FewestPictures || time.GetElapsedTime(since) < Limit)
            return PictureRow.Fine;
        said = true;
        if (flat)
            return flatSaid ? PictureRow.Fine : Flat();
        if (restartedFor == (length, now))
            return PictureRow.Still;
        restartedFor = (length, now);
        return PictureRow.Frozen;
    }

    private PictureRow Flat()
    {
        flatSaid = true;
        return PictureRow.Flat;
    }

    /// <param name="ofLength">The scan's length.</param>
    /// <param name="ofHash">Its hash, where it was taken.</param>
    /// <param name="goesOn">The one before had the same length and no hash yet: taken as the same, the row began with it.</param>
    private PictureRow Begin(int ofLength, int? ofHash, bool goesOn = false)
    {
        (length, hash, said) = (ofLength, ofHash, false);
        same = goesOn ? 1 : 0;
        if (!goesOn)
            since = time.GetTimestamp();
        return PictureRow.Fine;
    }

    /// <summary>Of stripes all over it: whatever changes in a picture moves the bits of all that follows.</summary>
    private static int Hash(ReadOnlySpan<byte> scan)
    {
        var hash = new HashCode();
        var apart = Math.Max(StripeBytes, scan.Length / Stripes);
        for (var at = 0; at < scan.Length; at += apart)
            hash.AddBytes(scan.Slice(at, Math.Min(StripeBytes, scan.Length - at)));
        return hash.ToHashCode();
    }

    /// <summary>The picture without the segments before its first scan: times and counters may stand in those.</summary>
    private static ReadOnlySpan<byte> Scan(ReadOnlySpan<byte> jpeg, out long pixels)
    {
        const int Sos = 0xDA, FirstSof = 0xC0, LastHuffmanSof = 0xC2;
        pixels = 0;
        var at = 2;
        while (at + 9 < jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != Sos)
        {
            if (jpeg[at + 1] is >= FirstSof and <= LastHuffmanSof)
                pixels = (long)BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]) * BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]);
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }
        return at < jpeg.Length ? jpeg[at..] : jpeg;
    }
}
