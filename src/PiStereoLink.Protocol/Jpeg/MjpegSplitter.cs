using System.IO.Pipelines;

namespace PiStereoLink.Protocol;

/// <summary>Cuts a camera program's MJPEG stream into pictures, each whole; what is not a picture is skipped and counted.</summary>
public sealed class MjpegSplitter(PipeReader input, int maxFrameBytes = FrameReader.DefaultMaxFrameBytes) : IDisposable
{
    private JpegScanner scanner;
    private FrameBuffer? picture;      // the picture under way; null while looking for FF D8
    private bool lastWasMarker;        // while looking: the last byte was FF
    private int largestPicture;

    /// <summary>Pictures begun and given up: cut short, damaged, or too large.</summary>
    public long Damaged { get; private set; }

    /// <summary>Bytes that belonged to no picture, such as text on stdout.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Where the camera put EXIF in the picture last returned: offsets into it, 0 and 0 when none.</summary>
    public (int Start, int End) Exif { get; private set; }

    /// <summary>The next whole picture, owned by the caller; null at the end of the stream.</summary>
    public async ValueTask<FrameBuffer?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var taken = 0L;
            FrameBuffer? whole = null;
            foreach (var segment in read.Buffer)
            {
                taken += Take(segment.Span, out whole);
                if (whole is not null)
                    break;
            }
            input.AdvanceTo(read.Buffer.GetPosition(taken));
            if (whole is not null)
                return whole;
            if (read.IsCompleted)
            {
                if (picture is not null)
                    GiveUp();
                return null;
            }
        }
    }

    /// <summary>Takes bytes up to the end of a picture or of the piece; returns how many.</summary>
    private int Take(ReadOnlySpan<byte> bytes, out FrameBuffer? whole)
    {
        whole = null;
        var i = 0;
        while (i < bytes.Length)
        {
            if (picture is null)
            {
                i = FindStart(bytes, i);
                continue;
            }
            var taken = scanner.Scan(bytes[i..]);
            picture.Append(bytes.Slice(i, taken));
            i += taken;
            if (scanner.IsDone && scanner.Fault == JpegFault.None)
            {
                largestPicture = Math.Max(largestPicture, picture.Length);
                Exif = (scanner.ExifStart, scanner.ExifEnd);
                (whole, picture) = (picture, null);
                return i;
            }
            if (scanner.IsDone || picture.Length > maxFrameBytes)
            {
                // A picture cut short is followed by the start of the next, which has just been taken.
                var next = scanner.Fault == JpegFault.PictureInside;
                GiveUp();
                if (next)
                    Begin();
            }
        }
        return i;
    }

    private int FindStart(ReadOnlySpan<byte> bytes, int i)
    {
        if (lastWasMarker)
        {
            lastWasMarker = bytes[i] == 0xFF;
            if (bytes[i] == 0xD8)
            {
                SkippedBytes--;
                Begin();
            }
            else
                SkippedBytes++;
            return i + 1;
        }
        var found = bytes[i..].IndexOf((byte)0xFF);
        lastWasMarker = found >= 0;
        var next = found < 0 ? bytes.Length : i + found + 1;
        SkippedBytes += next - i;
        return next;
    }

    private void Begin()
    {
        ReadOnlySpan<byte> start = [0xFF, 0xD8];
        lastWasMarker = false;
        scanner = default;
        scanner.Scan(start);
        picture = new FrameBuffer(largestPicture);
        picture.Append(start);
    }

    /// <summary>Gives back the picture under way, if there is one.</summary>
    public void Dispose()
    {
        picture?.Dispose();
        picture = null;
    }

    private void GiveUp()
    {
        Damaged++;
        picture!.Dispose();
        picture = null;
    }
}
