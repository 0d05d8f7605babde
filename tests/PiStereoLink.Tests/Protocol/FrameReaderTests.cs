using System.Buffers;
using System.IO.Pipelines;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

public class FrameReaderTests
{
    private static readonly byte[] End = [0, 0, 0, 0];
    private static readonly byte[] Small = Pictures.Skeleton(entropyBytes: 20);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Feeds the stream in pieces of so many bytes, and ends it.</summary>
    private static (List<byte[]> Frames, FrameStreamEnd End) ReadAll(byte[] stream, int piece = int.MaxValue, int max = FrameReader.DefaultMaxFrameBytes)
    {
        using var reader = new FrameReader(max);
        var frames = new List<byte[]>();
        for (var at = 0; at < stream.Length;)
        {
            var size = Math.Min(piece, stream.Length - at);
            Feed(reader, stream.AsSpan(at, size), frames);
            at += size;
        }
        reader.Complete();
        return (frames, reader.End);
    }

    private static void Feed(FrameReader reader, ReadOnlySpan<byte> bytes, List<byte[]> frames)
    {
        while (reader.TryRead(ref bytes, out var frame))
            using (frame)
                frames.Add(frame.Span.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Frames_in_pieces_of_any_size_come_out_whole(int size)
    {
        var other = Pictures.Skeleton(entropyBytes: 333);
        var (frames, end) = ReadAll([.. Pieces.Framed(Small, other, Small), .. End], size);
        Assert.Equal([Small, other, Small], frames);
        Assert.Equal(FrameStreamEnd.Clean, end);
    }

    [Fact]
    public void Two_frames_in_one_read_are_two_frames()
    {
        var (frames, end) = ReadAll(Pieces.Framed(Small, Small));
        Assert.Equal([Small, Small], frames);
        Assert.Equal(FrameStreamEnd.Disconnected, end);
    }

    [Fact]
    public void Every_prefix_of_a_frame_is_truncated_except_the_empty_and_the_whole_one()
    {
        var whole = Pieces.Framed(Small);
        for (var length = 0; length <= whole.Length; length++)
        {
            if (length == 0 || length == whole.Length)
            {
                var (frames, end) = ReadAll(whole[..length]);
                Assert.Equal((length == 0 ? 0 : 1, FrameStreamEnd.Disconnected), (frames.Count, end));
            }
            else
                Assert.Equal(FrameError.Truncated, Assert.Throws<FrameProtocolException>(() => ReadAll(whole[..length])).Error);
        }
    }

    [Fact]
    public void Every_prefix_of_a_frame_waits_for_the_rest_and_then_gives_the_frame()
    {
        var whole = Pieces.Framed(Small);
        for (var length = 1; length < whole.Length; length++)
        {
            using var reader = new FrameReader();
            var frames = new List<byte[]>();
            Feed(reader, whole.AsSpan(0, length), frames);
            Assert.True(frames.Count == 0 && reader.IsInFrame, $"a frame came out of {length} of {whole.Length} bytes");
            Feed(reader, whole.AsSpan(length), frames);
            Assert.Equal([Small], frames);
            Assert.False(reader.IsInFrame);
        }
    }

    [Fact]
    public void Bytes_read_straight_into_the_frame_under_way_are_the_same_frame()
    {
        var large = Pictures.Skeleton(entropyBytes: 9_000_000);
        ReadOnlySpan<byte> stream = Pieces.Framed(large, Small);
        using var reader = new FrameReader();
        Assert.True(reader.Free.IsEmpty);
        var begin = stream[..1000];
        Assert.False(reader.TryRead(ref begin, out _));
        var at = 1000;
        for (var room = reader.Free; !room.IsEmpty; room = reader.Free)
        {
            // Up to half a megabyte it doubles; then there is room for all of it, and arrays come in powers of two.
            Assert.True(reader.HeldBytes <= Math.Max(128 * 1024, at < 512 * 1024 ? 5 * at : 2 * large.Length), $"{reader.HeldBytes} bytes are held for {at} received");
            stream.Slice(at, room.Length).CopyTo(room.Span);
            reader.Advance(room.Length);
            at += room.Length;
        }
        Assert.Equal(sizeof(uint) + large.Length + 6, at);      // of the next frame no more than its length and its first two bytes
        var rest = stream[at..];
        Assert.True(reader.TryRead(ref rest, out var frame));
        using (frame)
            Assert.Equal(large, frame.Span.ToArray());
        Assert.True(reader.TryRead(ref rest, out var next));
        using (next)
            Assert.Equal(Small, next.Span.ToArray());
    }

    [Fact]
    public void Only_the_length_zero_is_a_clean_end_and_nothing_behind_it_is_read()
    {
        Assert.Equal(FrameStreamEnd.Clean, ReadAll(End).End);
        Assert.Equal(FrameStreamEnd.Disconnected, ReadAll([]).End);
        var (frames, end) = ReadAll([.. Pieces.Framed(Small), .. End, .. Pieces.Framed(Small)]);
        Assert.Equal((1, FrameStreamEnd.Clean), (frames.Count, end));
    }

    [Theory]
    [InlineData("FFFFFFFF", FrameError.Length, "Frame length 4294967295 is outside 2..33554432.")]
    [InlineData("01000002FFD8", FrameError.Length, "Frame length 33554433 is outside 2..33554432.")]
    [InlineData("474554202F20485454502F312E31", FrameError.Length, "Frame length 542393671 is outside 2..33554432 (an HTTP request: the pages are on the web port).")]
    [InlineData("5353482D322E30", FrameError.Length, "Frame length 759714643 is outside 2..33554432 (an SSH client).")]
    [InlineData("1603010100FD", FrameError.NotJpeg, "A payload of 16843542 bytes begins 00 FD, not FF D8 as a JPEG does (a TLS hello: this port takes plain frames).")]
    [InlineData("0A000000FFD9", FrameError.NotJpeg, "A payload of 10 bytes begins FF D9, not FF D8 as a JPEG does.")]
    [InlineData("01000000FFD8", FrameError.Length, "Frame length 1 is outside 2..33554432.")]
    public void What_can_never_be_valid_is_refused_with_what_came_and_what_is_allowed(string hex, FrameError error, string message)
    {
        foreach (var piece in new[] { 1, int.MaxValue })
        {
            var refused = Assert.Throws<FrameProtocolException>(() => ReadAll(Convert.FromHexString(hex), piece));
            Assert.Equal((error, message), (refused.Error, refused.Message));
        }
    }

    [Fact]
    public void The_limit_is_inclusive()
    {
        Assert.Single(ReadAll(Pieces.Framed(Small), max: Small.Length).Frames);
        Assert.Throws<FrameProtocolException>(() => ReadAll(Pieces.Framed(Small), max: Small.Length - 1));
    }

    [Fact]
    public void A_declared_length_alone_takes_no_memory()
    {
        // 200 connections that declare 32 MiB each and send 6 bytes.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var readers = Enumerable.Range(0, 200).Select(_ => new FrameReader()).ToArray();
        foreach (var reader in readers)
        {
            ReadOnlySpan<byte> bytes = Convert.FromHexString("00000002FFD8");
            Assert.False(reader.TryRead(ref bytes, out _));
        }
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(taken, 1, 200 * 256 * 1024);
        Assert.All(readers, reader => reader.Dispose());
    }

    [Fact]
    public void Between_frames_nothing_is_held()
    {
        using var reader = new FrameReader();
        ReadOnlySpan<byte> bytes = [.. Pieces.Framed(Small), 1, 0, 0];
        Assert.True(reader.TryRead(ref bytes, out var frame));
        frame.Dispose();
        Assert.False(reader.TryRead(ref bytes, out _));
        Assert.Equal((0, true), (reader.HeldBytes, reader.Free.IsEmpty));
    }

    [Fact]
    public async Task What_the_writer_writes_the_reader_reads()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writer = new FrameWriter(pipe.Writer);
        await writer.WriteAsync(Small, Token);
        await writer.EndAsync(Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync(default, Token));
        await pipe.Writer.CompleteAsync();
        var (frames, end) = ReadAll((await pipe.Reader.ReadAtLeastAsync(int.MaxValue, Token)).Buffer.ToArray());
        Assert.Equal([Small], frames);
        Assert.Equal(FrameStreamEnd.Clean, end);
    }

    [Fact]
    public void A_buffer_is_gone_with_its_last_owner_and_says_so()
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Small);
        Assert.True(buffer.TryRetain());
        buffer.Dispose();
        Assert.Equal(Small.Length, buffer.Length);
        Assert.Equal(Small, buffer.Span.ToArray());
        buffer.Dispose();
        Assert.False(buffer.TryRetain());
        Assert.Throws<ObjectDisposedException>(() => buffer.Memory);
        Assert.Throws<InvalidOperationException>(buffer.Dispose);
    }

    [Fact]
    public void A_buffer_that_is_gone_stays_gone_when_its_place_is_used_again()
    {
        var gone = FrameBuffer.Rent();
        gone.Dispose();
        // More than are kept for use: the place of the first is among them.
        var others = Enumerable.Range(0, 1100).Select(_ => FrameBuffer.Rent()).ToList();
        Assert.False(gone.TryRetain());
        Assert.Throws<ObjectDisposedException>(() => gone.Length);
        Assert.Throws<InvalidOperationException>(gone.Dispose);
        Assert.DoesNotContain(gone, others);
        others.ForEach(buffer => buffer.Dispose());
    }
}
