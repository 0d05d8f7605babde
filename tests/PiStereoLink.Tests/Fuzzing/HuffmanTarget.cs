using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The tables that USB cameras leave out: put in once, where they belong, and nothing else changes.</summary>
internal sealed class HuffmanTarget : FuzzTarget
{
    public override string Name => "tables";

    protected override void Try()
    {
        Jpeg.Write();
        if (Draw.OneIn(3))
        {
            Damage.Do(Draw, Bytes);
            StandardHuffmanTables.Complete(Bytes.Span).Dispose();
            return;
        }
        using var complete = StandardHuffmanTables.Complete(Bytes.Span);
        Hold(StandardHuffmanTables.PlaceOfMissing(Bytes.Span) is null == Jpeg.HasTables, "tables are missing where none were written");
        if (Jpeg.HasTables)
        {
            Hold(complete.Span.SequenceEqual(Bytes.Span), "a picture with tables stays as it is");
            return;
        }
        // Fill bytes may stand before the marker of the scan: on which side of the tables they come to lie does not matter.
        var place = StandardHuffmanTables.PlaceOfMissing(Bytes.Span)!.Value;
        Hold(place >= Jpeg.FirstScan && Bytes.Span[Jpeg.FirstScan..place].TrimStart((byte)0xFF).IsEmpty, "the tables stand before the first scan");
        Hold(complete.Span[..place].SequenceEqual(Bytes.Span[..place]) && complete.Span[(place + StandardHuffmanTables.Segment.Length)..].SequenceEqual(Bytes.Span[place..]), "the rest is as before");
        var scan = JpegScanner.Check(complete.Span);
        Hold((scan.Fault, scan.Width, scan.Height, scan.Scans) == (JpegFault.None, Jpeg.Width, Jpeg.Height, Jpeg.Scans), "it is the same picture");
        Hold(StandardHuffmanTables.PlaceOfMissing(complete.Span) is null, "they are put in once");
    }
}
