using OpenCvSharp;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Usb;

/// <summary>The tables that USB cameras leave out.</summary>
public class HuffmanTableTests
{
    private const int ScanOfSkeleton = 2 + 19;      // SOI and the frame header

    [Fact]
    public void A_picture_without_tables_gets_them_before_its_scan_and_nothing_else_changes()
    {
        var bare = Pictures.Skeleton();
        using var whole = StandardHuffmanTables.Complete(bare);
        Assert.Equal([.. bare[..ScanOfSkeleton], .. StandardHuffmanTables.Segment, .. bare[ScanOfSkeleton..]], whole.Span.ToArray());
        Assert.Null(StandardHuffmanTables.PlaceOfMissing(whole.Span));
    }

    [Fact]
    public void A_picture_that_has_tables_stays_as_it_is()
    {
        byte[] own = [0xFF, 0xD8, 0xFF, 0xC4, 0, 3, 0, .. Pictures.Skeleton()[2..]];
        using var copy = StandardHuffmanTables.Complete(own);
        Assert.Equal(own, copy.Span.ToArray());
    }

    [Fact]
    public void Tables_behind_the_first_scan_come_too_late()
    {
        var bare = Pictures.Skeleton();
        byte[] late = [.. bare[..^2], 0xFF, 0xC4, 0, 3, 0, .. bare[^2..]];
        Assert.Equal(ScanOfSkeleton, StandardHuffmanTables.PlaceOfMissing(late));
    }

    [Fact]
    public void What_looks_like_tables_inside_another_segment_is_none()
    {
        var bare = Pictures.Skeleton(app1: [0xFF, 0xC4, 0, 3, 0, 0xFF, 0xDA]);
        Assert.Equal(ScanOfSkeleton + 11, StandardHuffmanTables.PlaceOfMissing(bare));
    }

    [Fact]
    public void There_are_four_tables_and_each_is_as_long_as_it_says()
    {
        var left = StandardHuffmanTables.Segment[4..].ToArray().AsSpan();
        var classes = new List<int>();
        while (!left.IsEmpty)
        {
            classes.Add(left[0]);
            var codes = 0;
            foreach (var count in left[1..17])
                codes += count;
            Assert.Equal(codes, left[17..(17 + codes)].ToArray().Distinct().Count());
            left = left[(17 + codes)..];
        }
        Assert.Equal([0x00, 0x10, 0x01, 0x11], classes);
    }

    /// <summary>libjpeg-turbo knows the tables by itself, so what it makes of the bare picture says whether ours are the same.</summary>
    [Fact]
    public void A_real_MJPG_picture_decodes_to_the_same_pixels_with_our_tables_as_with_the_decoders()
    {
        var bare = Pictures.Real("jpeg/mjpeg.jpg");
        using var whole = StandardHuffmanTables.Complete(bare);
        Assert.Equal(bare.Length + 420, whole.Length);
        using var expected = Cv2.ImDecode(bare, ImreadModes.Color);
        using var got = Cv2.ImDecode(whole.Span, ImreadModes.Color);
        Assert.Equal((960, 720), (got.Width, got.Height));
        for (var row = 0; row < got.Rows; row++)
            Assert.True(expected.RowSpan<Vec3b>(row).SequenceEqual(got.RowSpan<Vec3b>(row)), $"row {row} differs");
    }

    [Fact]
    public void No_cut_and_no_changed_byte_makes_the_search_fail()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xC4, 0, 3, 0, .. Pictures.Skeleton(entropyBytes: 10)[2..]];
        for (var length = 0; length <= picture.Length; length++)
            Assert.True(StandardHuffmanTables.PlaceOfMissing(picture.AsSpan(0, length)) is null || length > 4);
        for (var at = 0; at < picture.Length; at++)
        {
            var changed = picture.ToArray();
            for (var value = 0; value < 256; value++)
            {
                changed[at] = (byte)value;
                Assert.InRange(StandardHuffmanTables.PlaceOfMissing(changed) ?? 0, 0, changed.Length - 4);
            }
        }
    }
}
