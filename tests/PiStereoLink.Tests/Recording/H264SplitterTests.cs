using PiStereoLink.Agent;
using static PiStereoLink.Tests.Recording.MadeUpH264;

namespace PiStereoLink.Tests.Recording;

public class H264SplitterTests
{
    private static readonly byte[][] Units =
    [
        [.. SequenceSet, .. PictureSet, .. Information, .. Key(1)],
        Other(2),
        [.. Information, .. Other(3)],
        [.. SequenceSet, .. PictureSet, .. Key(4)],
        Other(5),
    ];

    private static readonly bool[] Keys = [true, false, false, true, false];

    private static List<(byte[] Bytes, bool IsKey)> Split(byte[] stream, int size)
    {
        var splitter = new H264Splitter();
        var units = new List<(byte[], bool)>();
        for (var at = 0; at < stream.Length;)
        {
            at += Feed(splitter, stream.AsSpan(at, Math.Min(size, stream.Length - at)));
            while (splitter.TryRead(out var unit))
                units.Add((unit.Bytes.ToArray(), unit.IsKey));
        }
        if (splitter.Last() is { } last)
            units.Add((last.Bytes.ToArray(), last.IsKey));
        return units;
    }

    private static int Feed(H264Splitter splitter, ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, splitter.Free.Length);
        bytes[..count].CopyTo(splitter.Free);
        splitter.Advance(count);
        return count;
    }

    private static byte[] All(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    [Fact]
    public void However_the_bytes_come_the_pictures_are_the_same()
    {
        var stream = All(Units);
        for (var size = 1; size <= stream.Length; size++)
        {
            var units = Split(stream, size);
            Assert.Equal(Keys, units.Select(unit => unit.IsKey));
            Assert.Equal(Units, units.Select(unit => unit.Bytes));
        }
    }

    [Fact]
    public void A_picture_comes_as_soon_as_the_next_one_begins_and_not_before()
    {
        var splitter = new H264Splitter();
        Feed(splitter, All(Units[0], Other(2).AsSpan(0, 5).ToArray()));
        Assert.False(splitter.TryRead(out _));
        Feed(splitter, Other(2).AsSpan(5, 1));
        Assert.True(splitter.TryRead(out var unit));
        Assert.Equal(Units[0], unit.Bytes.ToArray());
    }

    [Fact]
    public void Where_the_parameter_sets_come_once_every_key_picture_gets_them()
    {
        var units = Split(All(Units[0], Other(2), Key(3), Other(4)), 7);
        Assert.Equal(All(SequenceSet, PictureSet, Key(3)), units[2].Bytes);
        Assert.Equal([true, false, true, false], units.Select(unit => unit.IsKey));
    }

    [Fact]
    public void New_parameter_sets_replace_the_old_ones()
    {
        byte[] other = [0, 0, 0, 1, 0x68, 0x11, 0x22];
        var units = Split(All(Units[0], [.. SequenceSet, .. other, .. Key(2)], Key(3)), 5);
        Assert.Equal(All(SequenceSet, other, Key(3)), units[2].Bytes);
    }

    [Fact]
    public void What_stands_before_the_stream_is_left_out()
    {
        var units = Split(All("Running without preview window\n"u8.ToArray(), Other(1), Key(2), All(Units)), 11);
        Assert.Equal(Units, units.Select(unit => unit.Bytes));
    }

    [Fact]
    public void A_stream_that_ends_within_its_first_picture_has_that_one_and_an_empty_one_has_none()
    {
        Assert.Equal([Units[0]], Split(Units[0], 4).Select(unit => unit.Bytes));
        Assert.Empty(Split([], 4));
        Assert.Empty(Split(SequenceSet, 4));
    }

    [Fact]
    public void Jpegs_are_no_h264()
    {
        var jpegs = All(Enumerable.Repeat(Pictures.Skeleton(entropyBytes: 9000), H264Splitter.MaxLeadBytes / 8000));
        var refused = Assert.Throws<CameraException>(() => Split(jpegs, 100_000));
        Assert.Contains("no H.264: in the first 1 MB no stream begins", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x80)]      // its first bit is never set
    [InlineData(0)]
    [InlineData(30)]
    public void A_part_of_a_kind_that_does_not_exist_is_damage(byte header)
    {
        var damaged = Assert.Throws<CameraException>(() => Split(All(Units[0], [0, 0, 1, header, 9, 9], Units[1]), 6));
        Assert.Contains("a kind that does not exist", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_without_an_end_is_refused()
    {
        var endless = new byte[H264Splitter.MaxUnitBytes + 1];
        Array.Fill(endless, (byte)0xFF);
        var refused = Assert.Throws<CameraException>(() => Split(All(Units[0], endless), 1 << 20));
        Assert.Contains("a picture of more than 16 MB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_larger_than_any_one_read_is_whole()
    {
        var large = Other(2).Concat(Enumerable.Repeat((byte)0xAB, 3_000_000)).ToArray();
        var units = Split(All(Units[0], large, Units[3]), 200_000);
        Assert.Equal([Units[0], large, Units[3]], units.Select(unit => unit.Bytes));
    }
}
