namespace PiStereoLink.Protocol;

/// <summary>
/// Cuts a camera program's MJPEG stream into pictures, each whole; what is not a picture is skipped and counted. The stream is read
/// straight into the picture's own buffer: fill <see cref="Free"/>, <see cref="Advance"/>, take what <see cref="TryRead"/> gives.
/// </summary>
public sealed class MjpegSplitter(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes) : IDisposable
{
    /// <summary>Free room under which a read would not be worth its call.</summary>
    private const int LeastRoom = 16 * 1024;

    private FrameBuffer filling = FrameBuffer.Rent();
    private JpegScanner scanner;
    private int scanned;               // bytes of the buffer that have been looked at
    private bool inPicture;            // the buffer begins with FF D8; otherwise it is looked through for one
    private int largestPicture;

    /// <summary>Pictures begun and given up: cut short, damaged, or too large.</summary>
    public long Damaged { get; private set; }

    /// <summary>Bytes that belonged to no picture, such as text on stdout.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Where the camera put EXIF in the picture last returned: offsets into it, 0 and 0 when none.</summary>
    public (int Start, int End) Exif { get; private set; }

    /// <summary>Where the next bytes of the stream go. Never empty.</summary>
    public Span<byte> Free => filling.Free(LeastRoom);

    /// <summary>So many bytes have been read into <see cref="Free"/>.</summary>
    public void Advance(int count) => filling.Advance(count);

    /// <summary>The next whole picture, owned by the caller; false when more of the stream is needed.</summary>
    public bool TryRead(out FrameBuffer picture)
    {
        picture = default;
        while (inPicture || FindStart())
        {
            // Never further than the limit, so that it is the same whatever the pieces.
            scanned += scanner.Scan(filling.Span[scanned..Math.Min(filling.Length, maxFrameBytes)]);
            if (scanner.IsDone && scanner.Fault == JpegFault.None)
            {
                Exif = (scanner.ExifStart, scanner.ExifEnd);
                picture = TakePicture();
                return true;
            }
            if (!scanner.IsDone && scanned < maxFrameBytes)
                return false;
            GiveUp();
        }
        return false;
    }

    /// <summary>The stream has ended: what is left is no picture.</summary>
    public void End()
    {
        if (inPicture)
            Damaged++;
        else
            SkippedBytes += filling.Length;
        (inPicture, scanned) = (false, 0);
        filling.Truncate(0);
    }

    public void Dispose() => filling.Dispose();

    /// <summary>Puts the start of a picture at the start of the buffer; false when there is none in it.</summary>
    private bool FindStart()
    {
        ReadOnlySpan<byte> start = [0xFF, 0xD8];
        var bytes = filling.Span;
        var at = bytes.IndexOf(start);
        // The last byte may be half of a start.
        var skipped = at >= 0 ? at : bytes.Length > 0 && bytes[^1] == 0xFF ? bytes.Length - 1 : bytes.Length;
        SkippedBytes += skipped;
        filling.RemoveHead(skipped);
        (inPicture, scanner, scanned) = (at >= 0, default, 0);
        return inPicture;
    }

    private FrameBuffer TakePicture()
    {
        var picture = filling;
        largestPicture = Math.Max(largestPicture, scanned);
        if (filling.Length - scanned > scanned)
        {
            // Small pictures, many of them in one read: copying what follows again and again would take the square of their number.
            picture = FrameBuffer.Rent(scanned);
            picture.Append(filling.Span[..scanned]);
            filling.RemoveHead(scanned);
        }
        else
        {
            filling = FrameBuffer.Rent(largestPicture + LeastRoom);
            filling.Append(picture.Span[scanned..]);
            picture.Truncate(scanned);
        }
        (inPicture, scanned) = (false, 0);
        return picture;
    }

    /// <summary>A picture that was cut short is followed by the start of the next, which has just been looked at.</summary>
    private void GiveUp()
    {
        Damaged++;
        filling.RemoveHead(scanner.Fault == JpegFault.PictureInside ? scanned - 2 : scanned);
        (inPicture, scanned) = (false, 0);
    }
}
