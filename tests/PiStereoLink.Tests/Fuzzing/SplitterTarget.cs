using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>
/// A camera program's stream: every picture comes out whole, a damaged one costs itself alone where its damage can be seen, and
/// pieces of any size are split as the whole is.
/// </summary>
internal sealed class SplitterTarget : FuzzTarget
{
    private const int MaxPictures = 6;

    private readonly (int Start, int End)[] whole = new (int, int)[MaxPictures];
    private int pictures, text, cut;

    public override string Name => "splitter";

    protected override void Try()
    {
        (pictures, text, cut) = (0, 0, 0);
        if (Draw.OneIn(30))
        {
            // The start of a picture again and again: each is given up for the next.
            for (var count = Draw.Between(1, Draw.OneIn(50) ? 40_000 : 1000); count > 0; count--)
                Bytes.AddU16(0xFFD8);
        }
        else
        {
            WritePictures();
        }
        var damaged = Draw.OneIn(3);
        if (damaged)
            Damage.Do(Draw, Bytes);
        var max = Draw.OneIn(4) ? Draw.Between(2, 3000) : 1 << 20;
        var sound = !damaged && pictures > 0 && max == 1 << 20;

        var atOnce = Split(max, int.MaxValue, sound);
        var inPieces = Split(max, Draw.Pick<int>([1, 13, 200, 5000]), sound);
        Hold(atOnce == inPieces, $"pieces are split as the whole is: {atOnce} and {inPieces}");
        if (!sound)
            return;
        Hold(atOnce.Pictures == pictures, $"{pictures} pictures written, {atOnce.Pictures} found");
        Hold(atOnce.Damaged == cut, $"{cut} pictures cut short, {atOnce.Damaged} counted");
        Hold(cut > 0 || atOnce.Skipped == text, $"{text} bytes of text written, {atOnce.Skipped} counted");
    }

    private void WritePictures()
    {
        for (var count = Draw.Between(1, MaxPictures); count > 0; count--)
        {
            if (Draw.OneIn(3))
            {
                var length = Draw.Between(1, 80);
                Bytes.AddNoise(Draw, length);
                text += length;
            }
            Jpeg.Write();
            if (Draw.OneIn(4))
                CutShort();
            else
                whole[pictures++] = (Jpeg.Start, Bytes.Length);
        }
    }

    /// <summary>Cuts the picture in its scan, where the next picture's start shows it.</summary>
    private void CutShort()
    {
        var end = Jpeg.Start + Draw.Between(Jpeg.LastData.Start, Jpeg.LastData.End);
        while (Bytes.Span[end - 1] == 0xFF)
            end++;      // an FF and text behind it would read as a segment
        Bytes.Cut(end);
        cut++;
    }

    private Outcome Split(int max, int largestPiece, bool sound)
    {
        using var splitter = new MjpegSplitter(max);
        var (count, check) = (0, 0u);
        for (var at = 0; at < Bytes.Length;)
        {
            var free = splitter.Free;
            var size = Math.Min(free.Length, Math.Min(Bytes.Length - at, largestPiece == int.MaxValue ? largestPiece : Draw.Between(1, largestPiece)));
            Bytes.Span.Slice(at, size).CopyTo(free);
            splitter.Advance(size);
            at += size;
            for (; splitter.TryRead(out var picture); count++)
            {
                check = Crc32C.Of(picture.Span) ^ System.Numerics.BitOperations.RotateLeft(check, 7);
                var (length, asWritten) = (picture.Length, !sound || (count < pictures && picture.Span.SequenceEqual(Bytes.Span[whole[count].Start..whole[count].End])));
                picture.Dispose();
                Hold(length <= max, $"a picture of {length} bytes is over the limit of {max}");
                Hold(asWritten, $"picture {count} comes as it was written");
            }
        }
        splitter.End();
        return new Outcome(count, check, splitter.Damaged, splitter.SkippedBytes);
    }

    /// <summary>How splitting a stream went.</summary>
    private readonly record struct Outcome(int Pictures, uint Check, long Damaged, long Skipped);
}
