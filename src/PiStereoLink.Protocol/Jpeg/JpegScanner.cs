using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PiStereoLink.Protocol;

/// <summary>
/// Walks the markers of one JPEG, in as many pieces as it comes, without decoding: where it ends, what it declares, and whether a
/// decoder may see it. Segments are skipped by their length, so a thumbnail inside APP1 never ends a picture. ITU-T T.81, annex B.
/// </summary>
public struct JpegScanner
{
    /// <summary>100 megapixels; a 204-byte JPEG can declare 1,074 and cost a decoder 6 GB.</summary>
    public const long MaxPixels = 100_000_000;

    /// <summary>100 scans; a progressive picture of a camera has about 10, a 70 kB bomb had 5,000 and cost a decoder 42 s.</summary>
    public const int MaxScans = 100;

    private const byte Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA, App1 = 0xE1;

    private enum At : byte { Start, StartCode, Marker, Code, LengthHigh, LengthLow, Head, Body, Entropy, EntropyCode, Done }

    private At at;
    private byte marker;
    private int left;          // bytes of the segment still to come
    private int headLength;
    private Head head;         // the first bytes of the segment
    private long position;     // bytes scanned before the current piece
    private long segmentStart;

    [InlineArray(Length)]
    private struct Head
    {
        public const int Length = 6;
        private byte first;
    }

    /// <summary>Why the picture is refused, or <see cref="JpegFault.None"/>.</summary>
    public JpegFault Fault { get; private set; }

    /// <summary>True from FF D9 on, and after a fault: nothing more is consumed.</summary>
    public readonly bool IsDone => at == At.Done;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Components { get; private set; }

    public int Scans { get; private set; }

    /// <summary>Where the EXIF segment's FF E1 stands, or 0.</summary>
    public int ExifStart { get; private set; }

    /// <summary>Where the EXIF segment has ended, or 0.</summary>
    public int ExifEnd { get; private set; }

    /// <summary>Walks a whole picture. Bytes after FF D9 are allowed; a missing end is a fault.</summary>
    public static JpegScanner Check(ReadOnlySpan<byte> jpeg)
    {
        var scanner = new JpegScanner();
        scanner.Scan(jpeg);
        if (!scanner.IsDone)
            scanner.Fail(scanner.at <= At.StartCode ? JpegFault.NoStart : JpegFault.NoEnd);
        return scanner;
    }

    /// <summary>Takes the next piece; returns how many of its bytes belong to this picture.</summary>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        var i = 0;
        while (i < bytes.Length && at != At.Done)
        {
            switch (at)
            {
                case At.Start: if (bytes[i++] == 0xFF) at = At.StartCode; else Fail(JpegFault.NoStart); break;
                case At.StartCode: if (bytes[i++] == Soi) at = At.Marker; else Fail(JpegFault.NoStart); break;
                case At.Marker: i = Skip(bytes.Length, i, bytes[i..].IndexOf((byte)0xFF), At.Code); break;                 // decoders skip what stands between segments
                case At.Code: TakeMarker(bytes[i++], position + i - 2, inEntropy: false); break;
                case At.Entropy: i = Skip(bytes.Length, i, EntropyData.IndexOfMarker(bytes[i..]), At.EntropyCode); break;
                case At.EntropyCode: TakeMarker(bytes[i++], position + i - 2, inEntropy: true); break;
                case At.LengthHigh: left = bytes[i++] << 8; at = At.LengthLow; break;
                case At.LengthLow: BeginSegment(left | bytes[i++]); break;
                case At.Head: i = TakeHead(bytes, i); break;
                case At.Body: i = SkipBody(bytes.Length, i); break;
            }
        }
        position += i;
        return i;
    }

    private int Skip(int length, int i, int found, At next)
    {
        if (found < 0)
            return length;
        at = next;
        return i + found + 1;
    }

    private void TakeMarker(byte code, long start, bool inEntropy)
    {
        switch (code)
        {
            case 0xFF: return;                                                          // fill bytes before a marker
            case 0x00 or 0x01 or (>= 0xD0 and <= 0xD7): at = inEntropy ? At.Entropy : At.Marker; return;  // stuffing, TEM, restarts
            case Soi: Fail(JpegFault.PictureInside); return;
            case Eoi: Fail(Width == 0 ? JpegFault.NoFrameHeader : Scans == 0 ? JpegFault.NoScan : JpegFault.None); return;
            case 0xC3 or (>= 0xC5 and <= 0xCF): Fail(JpegFault.Coding); return;
            case >= 0xC0 and <= 0xC2 when Width != 0: Fail(JpegFault.TwoFrameHeaders); return;
            case Sos when Width == 0: Fail(JpegFault.NoFrameHeader); return;
            case Sos when ++Scans > MaxScans: Fail(JpegFault.TooManyScans); return;
        }
        marker = code;
        segmentStart = start;
        at = At.LengthHigh;
    }

    private void BeginSegment(int length)
    {
        left = length - 2;
        headLength = 0;
        var needed = IsFrameHeader(marker) ? Head.Length : marker == Sos ? 1 : 0;
        if (left < needed)
            Fail(JpegFault.Segment);
        else if (left == 0)
            EndSegment();
        else
            at = needed > 0 || marker == App1 ? At.Head : At.Body;
    }

    private int TakeHead(ReadOnlySpan<byte> bytes, int i)
    {
        Span<byte> into = head;
        while (i < bytes.Length && headLength < Head.Length && left > 0)
        {
            into[headLength++] = bytes[i++];
            left--;
        }
        if (headLength < Head.Length && left > 0)
            return i;
        at = At.Body;
        if (IsFrameHeader(marker))
            TakeFrameHeader();
        if (at == At.Body && left == 0)
            EndSegment(position + i);
        return i;
    }

    /// <summary>Precision, height, width, number of components: T.81, B.2.2.</summary>
    private void TakeFrameHeader()
    {
        ReadOnlySpan<byte> field = head;
        Height = BinaryPrimitives.ReadUInt16BigEndian(field[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(field[3..]);
        Components = field[5];
        if (field[0] != 8)
            Fail(JpegFault.Precision);
        else if (Width == 0 || Height == 0)
            Fail(JpegFault.NoPixels);
        else if ((long)Width * Height > MaxPixels)
            Fail(JpegFault.TooManyPixels);
        else if (Components is not (1 or 3 or 4))
            Fail(JpegFault.Components);
        else if (left != 3 * Components)
            Fail(JpegFault.Segment);
    }

    private int SkipBody(int length, int i)
    {
        var skipped = Math.Min(left, length - i);
        left -= skipped;
        if (left == 0)
            EndSegment(position + i + skipped);
        return i + skipped;
    }

    private void EndSegment(long end = 0)
    {
        if (marker == App1 && ExifEnd == 0 && headLength == Head.Length && ((ReadOnlySpan<byte>)head).SequenceEqual("Exif\0\0"u8))
            (ExifStart, ExifEnd) = ((int)segmentStart, (int)end);
        at = marker == Sos ? At.Entropy : At.Marker;
    }

    private void Fail(JpegFault fault)
    {
        Fault = fault;
        at = At.Done;
    }

    private static bool IsFrameHeader(byte marker) => marker is 0xC0 or 0xC1 or 0xC2;

    /// <summary>The refusal in words: what came and what is allowed.</summary>
    public readonly string Describe() => Fault switch
    {
        JpegFault.None => $"{Width}x{Height}, {Components} components, {Scans} scans",
        JpegFault.NoStart => "it does not begin with FF D8",
        JpegFault.NoEnd => "it ends before its end marker (truncated)",
        JpegFault.NoFrameHeader => "it has no frame header (SOF)",
        JpegFault.TwoFrameHeaders => "it has two frame headers (SOF)",
        JpegFault.NoScan => "it has no scan (SOS)",
        JpegFault.Coding => "it is arithmetic coded, lossless or hierarchical; baseline, extended and progressive Huffman are taken",
        JpegFault.Precision => "it does not have 8 bits a sample",
        JpegFault.Components => $"it has {Components} components; 1, 3 or 4 are taken",
        JpegFault.NoPixels => $"it declares {Width}x{Height} pixels",
        JpegFault.TooManyPixels => $"it declares {Width}x{Height} pixels, over the limit of {MaxPixels / 1_000_000} megapixels",
        JpegFault.TooManyScans => $"it has more than {MaxScans} scans",
        JpegFault.Segment => $"its segment FF {marker:X2} is too short or too long for what it holds",
        JpegFault.PictureInside => "another picture begins before it has ended",
        _ => Fault.ToString(),
    };
}
