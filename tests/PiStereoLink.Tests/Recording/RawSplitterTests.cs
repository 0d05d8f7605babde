using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Recording;

public class RawSplitterTests
{
    private static readonly RawGeometry Geometry = new("yuv420", 6, 4, 8, 4);       // 48 bytes

    private static List<byte[]> Feed(RawSplitter splitter, ReadOnlySpan<byte> bytes, int piece)
    {
        var pictures = new List<byte[]>();
        while (bytes.Length > 0)
        {
            var count = Math.Min(Math.Min(piece, bytes.Length), splitter.Free.Length);
            bytes[..count].CopyTo(splitter.Free);
            splitter.Advance(count);
            bytes = bytes[count..];
            while (splitter.TryRead(out var unit))
            {
                Assert.True(unit.IsKey);
                pictures.Add(unit.Bytes.ToArray());
            }
        }
        return pictures;
    }

    [Fact]
    public void However_the_stream_comes_its_pictures_are_the_same()
    {
        var stream = Enumerable.Range(0, 3 * 48).Select(at => (byte)at).ToArray();
        for (var piece = 1; piece <= stream.Length; piece++)
        {
            var splitter = new RawSplitter(Geometry);
            Assert.Equal(stream.Chunk(48), Feed(splitter, stream, piece));
            Assert.Null(splitter.Last(inOrder: true));
        }
    }

    [Fact]
    public void Part_of_a_picture_is_left_out_and_only_a_program_that_ended_in_order_has_written_others_than_it_was_taken_to()
    {
        var splitter = new RawSplitter(Geometry);
        Assert.Single(Feed(splitter, new byte[48 + 47], 1000));
        Assert.Null(splitter.Last(inOrder: false));
        Assert.StartsWith("The camera program's last 47 bytes are no whole picture of 48: it does not write 6x4 as 8x4",
            Assert.Throws<RecordingException>(() => splitter.Last(inOrder: true)).Message, StringComparison.Ordinal);
    }
}
