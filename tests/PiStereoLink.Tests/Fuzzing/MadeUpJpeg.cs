using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>Writes JPEGs by their markers, legal oddities included, with at most one fault, which is known beforehand. No decoder is meant to see them.</summary>
internal sealed class MadeUpJpeg(Draw draw, CaseBytes to)
{
    private static readonly byte[] Coded = [0xC0, 0xC1, 0xC2], NotTaken = [0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF];

    private static readonly JpegFault[] Faults = Enum.GetValues<JpegFault>();

    private JpegFault fault;

    public int Start { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Scans { get; private set; }

    /// <summary>Where FF DA of the first scan stands in the picture.</summary>
    public int FirstScan { get; private set; }

    /// <summary>Where the data of the last scan begin and end in the picture.</summary>
    public (int Start, int End) LastData { get; private set; }

    /// <summary>Huffman tables stand before the first scan.</summary>
    public bool HasTables { get; private set; }

    public JpegFault AnyFault() => draw.Pick<JpegFault>(Faults);

    /// <summary>Writes one. What the class tells of it holds where the fault is none.</summary>
    public void Write(JpegFault with = JpegFault.None)
    {
        (fault, Start, HasTables) = (with, to.Length, false);
        to.AddByte(fault == JpegFault.NoStart ? draw.Below(0xFF) : 0xFF);
        to.AddByte(0xD8);
        Segments(least: 0);
        if (fault == JpegFault.Segment)
            ShortSegment();
        if (fault == JpegFault.PictureInside && draw.OneIn(2))
            Code(0xD8);
        if (fault != JpegFault.NoFrameHeader)
            FrameHeader();
        if (fault == JpegFault.TwoFrameHeaders)
            FrameHeader();
        Segments(least: 0);
        if (fault != JpegFault.NoScan)
            AllScans();
        if (fault == JpegFault.PictureInside)
            Code(0xD8);
        if (fault == JpegFault.NoEnd)
            return;
        Code(0xD9);
    }

    private void Code(int marker)
    {
        for (to.AddByte(0xFF); draw.OneIn(20);)
            to.AddByte(0xFF);       // fill bytes
        to.AddByte(marker);
    }

    private void Segments(int least)
    {
        for (var count = draw.Between(least, 3); count > 0; count--)
            Segment(draw.Pick<byte>([0xE0, 0xE1, 0xE1, 0xEC, 0xFE, 0xDB, 0xC4, 0xDD, 0xF0]));
    }

    private void Segment(byte marker)
    {
        HasTables |= marker == 0xC4;
        Code(marker);
        var length = draw.OneIn(60) ? draw.Between(300, 5000) : draw.Below(60);
        if (marker != 0xE1)
        {
            to.AddU16(length + 2);
            to.AddNoise(draw, length);
            return;
        }
        if (draw.OneIn(20))
        {
            to.AddU16(8);
            to.Add("Exif\0\0"u8);          // and nothing in it
            return;
        }
        // EXIF with a small picture inside, which is not to be taken for the end of this one.
        to.AddU16(6 + 4 + length + 2);
        to.Add("Exif\0\0"u8);
        to.AddU16(0xFFD8);
        to.AddNoise(draw, length);
        to.AddU16(0xFFD9);
    }

    private void ShortSegment()
    {
        Code(draw.Pick<byte>([0xE0, 0xFE, 0xC4, 0xC0]));
        to.AddU16(draw.Below(2));
    }

    private void FrameHeader()
    {
        Code(fault == JpegFault.Coding ? draw.Pick<byte>(NotTaken) : draw.Pick<byte>(Coded));
        var components = fault == JpegFault.Components ? draw.Pick<int>([0, 2, 5, 255]) : draw.Pick<int>([1, 3, 4]);
        (Width, Height) = fault switch
        {
            JpegFault.TooManyPixels => (draw.Between(20_000, 65_535), draw.Between(5_001, 65_535)),
            JpegFault.NoPixels => draw.OneIn(2) ? (0, draw.Below(65_536)) : (draw.Below(65_536), 0),
            _ => (draw.Between(1, 10_000), draw.Between(1, 10_000)),
        };
        to.AddU16(8 + 3 * components);
        to.AddByte(fault == JpegFault.Precision ? draw.Pick<int>([0, 7, 12, 16]) : 8);
        to.AddU16(Height);
        to.AddU16(Width);
        to.AddByte(components);
        to.AddNoise(draw, 3 * components);
    }

    private void AllScans()
    {
        Scans = fault == JpegFault.TooManyScans ? JpegScanner.MaxScans + 1 : draw.OneIn(50) ? draw.Between(1, JpegScanner.MaxScans) : draw.Between(1, 3);
        for (var scan = 0; scan < Scans; scan++)
        {
            if (scan == 0)
                FirstScan = to.Length - Start;
            Code(0xDA);
            var head = draw.Between(1, 12);
            to.AddU16(head + 2);
            to.AddNoise(draw, head);
            var begin = to.Length - Start;
            Data(Scans > 3 ? 5 : draw.Between(1, 200));
            LastData = (begin, to.Length - Start);
        }
    }

    private void Data(int count)
    {
        for (; count > 0; count -= 20)
        {
            to.AddNoise(draw, Math.Min(count, 20));
            switch (draw.Below(8))
            {
                case 0: to.AddU16(0xFF00); break;                                   // stuffing
                case 1: to.AddU16(0xFFD0 + draw.Below(8)); break;                   // a restart
                case 2 when draw.OneIn(8): to.Add([0xFF, 0xFF, 0x00]); break;
            }
        }
    }
}
