using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The structure check: it finds the fault that a picture was made with, and pieces of any size give the same answer.</summary>
internal sealed class JpegTarget : FuzzTarget
{
    public override string Name => "jpeg";

    protected override void Try()
    {
        var fault = Draw.OneIn(2) ? JpegFault.None : Jpeg.AnyFault();
        Jpeg.Write(fault);
        if (Draw.OneIn(2))
        {
            Damage.Do(Draw, Bytes);
        }
        else
        {
            var scan = JpegScanner.Check(Bytes.Span);
            Hold(scan.Fault == fault, $"a picture made with the fault {fault} has the fault {scan.Fault}");
            Hold(fault != JpegFault.None || (scan.Width, scan.Height, scan.Scans) == (Jpeg.Width, Jpeg.Height, Jpeg.Scans), "size and scans are read as they were written");
        }
        Hold(JpegScanner.Check(Bytes.Span).Describe().Length > 0, "a refusal has words");
        PiecesAgree();
    }

    private void PiecesAgree()
    {
        var whole = new JpegScanner();
        var taken = whole.Scan(Bytes.Span);
        var pieces = new JpegScanner();
        var takenInPieces = 0;
        var largest = Draw.Pick<int>([1, 2, 7, 64, 500]);
        for (var at = 0; at < Bytes.Length;)
        {
            var size = Math.Min(Draw.Between(1, largest), Bytes.Length - at);
            takenInPieces += pieces.Scan(Bytes.Span.Slice(at, size));
            at += size;
        }
        Hold(taken == takenInPieces, "pieces are taken as the whole is");
        Hold((whole.IsDone, whole.Fault, whole.Width, whole.Height, whole.Components, whole.Scans) ==
            (pieces.IsDone, pieces.Fault, pieces.Width, pieces.Height, pieces.Components, pieces.Scans), "pieces give the answer of the whole");
        Hold((whole.ExifStart, whole.ExifEnd) == (pieces.ExifStart, pieces.ExifEnd), "pieces give the EXIF of the whole");
        Hold(whole.ExifStart <= whole.ExifEnd && whole.ExifEnd <= taken, "EXIF lies inside the picture");
    }
}
