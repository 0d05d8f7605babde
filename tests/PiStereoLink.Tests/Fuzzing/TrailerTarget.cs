using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>The 32 bytes behind a frame: read as written, and told from what is none.</summary>
internal sealed class TrailerTarget : FuzzTarget
{
    /// <summary>Magic, version and, two bytes on, the length: a trailer with another value there is none.</summary>
    private static readonly int[] Decisive = [0, 1, 2, 3, 4, 6, 7];

    public override string Name => "trailer";

    protected override void Try()
    {
        Jpeg.Write();
        var picture = Bytes.Length;
        Hold(!AckTrailer.TryRead(Bytes.Span, out _), "a picture alone has no trailer");
        var written = new AckTrailer((AckOptions)Draw.Below(256), Crc32C.Of(Bytes.Span), Draw.Number(), (long)Draw.Number(), (uint)Draw.Number());
        written.Write(Bytes.Add(AckTrailer.Length));
        Hold(AckTrailer.TryRead(Bytes.Span, out var read) && read == written, "a trailer is read as it was written");
        Hold(JpegScanner.Check(Bytes.Span).Fault == JpegFault.None, "the picture is whole with a trailer behind it");
        switch (Draw.Below(3))
        {
            case 0:
                Bytes.Span[picture + Draw.Pick<int>(Decisive)] ^= (byte)(1 << Draw.Below(8));
                Hold(!AckTrailer.TryRead(Bytes.Span, out _), "a damaged head is no trailer");
                break;
            case 1:
                Bytes.Span[Draw.Below(picture)] ^= (byte)(1 << Draw.Below(8));
                Hold(AckTrailer.TryRead(Bytes.Span, out read) && read.Crc != Crc32C.Of(Bytes.Span[..picture]), "one wrong bit shows in the check value");
                break;
            default:
                Damage.Do(Draw, Bytes);
                AckTrailer.TryRead(Bytes.Span[Draw.Below(Bytes.Length + 1)..], out _);
                break;
        }
    }
}
