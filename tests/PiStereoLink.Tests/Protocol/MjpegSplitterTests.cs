using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

public class MjpegSplitterTests
{
    private static (List<byte[]> Pictures, long Damaged, long Skipped) Split(byte[] stream, int piece = 1000, int max = 1 << 20)
    {
        using var splitter = new MjpegSplitter(max);
        var pictures = new List<byte[]>();
        for (var at = 0; at < stream.Length;)
        {
            var free = splitter.Free;
            var count = Math.Min(Math.Min(piece, free.Length), stream.Length - at);
            stream.AsSpan(at, count).CopyTo(free);
            splitter.Advance(count);
            at += count;
            while (splitter.TryRead(out var picture))
            {
                pictures.Add(picture.Span.ToArray());
                picture.Dispose();
            }
        }
        splitter.End();
        return (pictures, splitter.Damaged, splitter.SkippedBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(100_000)]
    public void A_thumbnail_inside_APP1_never_cuts_a_picture(int piece)
    {
        var thumbnail = Pictures.Skeleton(160, 120);
        var jpeg = Pictures.Skeleton(app1: [.. "Exif\0\0"u8, .. thumbnail, .. thumbnail]);
        var (pictures, damaged, skipped) = Split([.. jpeg, .. jpeg, .. jpeg], piece);
        Assert.Equal([jpeg, jpeg, jpeg], pictures);
        Assert.Equal((0, 0), (damaged, skipped));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Text_on_stdout_is_skipped_and_counted(int piece)
    {
        var jpeg = Pictures.Skeleton();
        var (pictures, damaged, skipped) = Split([.. "Running without preview window\n"u8, .. jpeg, 0xFF, 1, 0xFF, 0xFF, .. jpeg, 0xFF], piece);
        Assert.Equal([jpeg, jpeg], pictures);
        Assert.Equal((0, 31 + 4 + 1), (damaged, skipped));
    }

    [Fact]
    public void A_picture_cut_short_is_counted_and_the_next_is_whole()
    {
        var jpeg = Pictures.Skeleton(entropyBytes: 500);
        foreach (var piece in new[] { 1, 50, 5000 })
        {
            var (pictures, damaged, _) = Split([.. jpeg, .. jpeg.AsSpan(0, 300), .. jpeg], piece);
            Assert.Equal([jpeg, jpeg], pictures);
            Assert.Equal(1, damaged);
        }
    }

    [Fact]
    public void An_end_inside_a_picture_is_counted()
    {
        var jpeg = Pictures.Skeleton();
        var (pictures, damaged, _) = Split([.. jpeg, .. jpeg.AsSpan(0, 60)]);
        Assert.Single(pictures);
        Assert.Equal(1, damaged);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100_000)]
    public void A_picture_over_the_limit_is_given_up_and_the_next_is_whole(int piece)
    {
        var (pictures, damaged, _) = Split([.. Pictures.Skeleton(entropyBytes: 5000), .. Pictures.Skeleton()], piece, max: 2000);
        Assert.Equal([Pictures.Skeleton()], pictures);
        Assert.Equal(1, damaged);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Small_pictures_behind_each_other_come_out_of_one_read(int piece)
    {
        var jpegs = Enumerable.Range(0, 1000).Select(i => Pictures.Skeleton(entropyBytes: i % 50)).ToArray();
        var (pictures, damaged, skipped) = Split([.. jpegs.SelectMany(jpeg => jpeg)], piece);
        Assert.Equal(jpegs, pictures);
        Assert.Equal((0, 0), (damaged, skipped));
    }
}
