using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>Stamps: read as they were written, by us or by others; out of damaged bytes comes none, or one whose values can be relied on.</summary>
internal sealed class StampTarget : FuzzTarget
{
    private readonly MadeUpExif exif;
    private readonly MadeUpComment comment;

    public StampTarget() => (exif, comment) = (new MadeUpExif(Draw, Bytes), new MadeUpComment(Draw));

    public override string Name => "stamp";

    protected override void Try()
    {
        var stamp = MadeUpStamp.Make(Draw);
        var like = Draw.OneIn(2) ? stamp : Draw.OneIn(2) ? MadeUpStamp.Make(Draw) : default;
        var odd = false;
        if (Draw.OneIn(2))
        {
            stamp = WriteOurs(stamp);
        }
        else
        {
            odd = Draw.OneIn(3);
            Bytes.AddU16(0xFFD8);
            exif.Write(stamp, odd ? comment.Odd(stamp) : comment.Sound(stamp));
            Bytes.AddNoise(Draw, Draw.Below(20));
            if (Draw.OneIn(3))
            {
                exif.MakeOdd();
                odd = true;
            }
        }
        if (Draw.OneIn(3))
        {
            Damage.Do(Draw, Bytes);
            odd = true;
        }
        var found = StampReader.TryRead(Bytes.Span, like, out var read);
        Hold(odd || (found && read == stamp), $"a stamp is read as it was written: {stamp} and {read}");
        if (found)
            CanBeReliedOn(read);
    }

    private Stamp WriteOurs(Stamp stamp)
    {
        Jpeg.Write();
        var scan = JpegScanner.Check(Bytes.Span);
        var picture = FrameBuffer.Rent();
        picture.Append(Bytes.Span);
        using var written = StampWriter.Write(picture, stamp, (scan.ExifStart, scan.ExifEnd));
        Hold(written.Span[^(Bytes.Length - Jpeg.FirstScan)..].SequenceEqual(Bytes.Span[Jpeg.FirstScan..]), "the scans are untouched");
        Bytes.Clear();
        Bytes.Add(written.Span);
        scan = JpegScanner.Check(Bytes.Span);
        Hold((scan.Fault, scan.Width, scan.Height) == (JpegFault.None, Jpeg.Width, Jpeg.Height), "the picture stays whole");
        return stamp with { Sensor = stamp.Sensor ?? "unknown" };
    }

    /// <summary>Names become folders, times become file names, and the stamp may be written into another picture.</summary>
    private static void CanBeReliedOn(in Stamp read)
    {
        Hold(CameraName.IsValid(read.Camera.Node) && CameraName.IsValid(read.Camera.Camera), "names are valid");
        Hold(read.CapturedAtReceiver.Year >= 1870 && read.CapturedAt.Year >= 1970, "times are times");
        Hold(read.ExposureMicroseconds is null or > 0, "an exposure takes time");
        using var again = FrameBuffer.Rent();
        again.Append([0xFF, 0xD8, 0xFF, 0xD9]);
        StampWriter.Write(again, read);
        Hold(StampReader.TryRead(again.Span, out var twice) && twice.Identity == read.Identity && twice.Camera == read.Camera && twice.Clock == read.Clock, "what was read can be written");
    }
}
