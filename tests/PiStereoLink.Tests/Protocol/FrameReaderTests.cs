using System.IO.Pipelines;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Protocol;

public class FrameReaderTests
{
    private static readonly byte[] End = [0, 0, 0, 0];
    private static readonly byte[] Small = Pictures.Skeleton(entropyBytes: 20);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(List<byte[]> Frames, FrameStreamEnd End)> ReadAll(PipeReader input, int max = FrameReader.DefaultMaxFrameBytes)
    {
        var reader = new FrameReader(input, max);
        var frames = new List<byte[]>();
        while (await reader.ReadAsync(Token) is { } frame)
        {
            frames.Add(frame.Span.ToArray());
            frame.Dispose();
        }
        return (frames, reader.End);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Frames_in_pieces_of_any_size_come_out_whole(int size)
    {
        var other = Pictures.Skeleton(entropyBytes: 333);
        var (frames, end) = await ReadAll(Pieces.Of([.. Pieces.Framed(Small, other, Small), .. End], size));
        Assert.Equal([Small, other, Small], frames);
        Assert.Equal(FrameStreamEnd.Clean, end);
    }

    [Fact]
    public async Task Two_frames_in_one_read_are_two_frames()
    {
        var (frames, end) = await ReadAll(PipeReader.Create(new(Pieces.Framed(Small, Small))));
        Assert.Equal([Small, Small], frames);
        Assert.Equal(FrameStreamEnd.Disconnected, end);
    }

    [Fact]
    public async Task Every_prefix_of_a_frame_is_truncated_except_the_empty_and_the_whole_one()
    {
        var whole = Pieces.Framed(Small);
        for (var length = 0; length <= whole.Length; length++)
        {
            var read = ReadAll(PipeReader.Create(new(whole.AsMemory(0, length))));
            if (length == 0 || length == whole.Length)
                Assert.Equal((length == 0 ? 0 : 1, FrameStreamEnd.Disconnected), ((await read).Frames.Count, (await read).End));
            else
                Assert.Equal(FrameError.Truncated, (await Assert.ThrowsAsync<FrameProtocolException>(() => read)).Error);
        }
    }

    [Fact]
    public async Task Every_prefix_of_a_frame_waits_for_the_rest_and_then_gives_the_frame()
    {
        var whole = Pieces.Framed(Small);
        for (var length = 1; length < whole.Length; length++)
        {
            var pipe = new Pipe();
            await pipe.Writer.WriteAsync(whole.AsMemory(0, length), Token);
            var reading = new FrameReader(pipe.Reader).ReadAsync(Token);
            Assert.False(reading.IsCompleted, $"a frame came out of {length} of {whole.Length} bytes");
            await pipe.Writer.WriteAsync(whole.AsMemory(length), Token);
            using var frame = await reading;
            Assert.Equal(Small, frame!.Value.Span.ToArray());
        }
    }

    [Fact]
    public async Task A_frame_larger_than_the_pipes_threshold_arrives()
    {
        var large = Pictures.Skeleton(entropyBytes: 3_000_000);
        var (frames, _) = await ReadAll(Pieces.Of(Pieces.Framed(large, Small), 10_000));
        Assert.Equal([large, Small], frames);
    }

    [Fact]
    public async Task Only_the_length_zero_is_a_clean_end()
    {
        Assert.Equal(FrameStreamEnd.Clean, (await ReadAll(PipeReader.Create(new(End)))).End);
        Assert.Equal(FrameStreamEnd.Disconnected, (await ReadAll(PipeReader.Create(new(Array.Empty<byte>())))).End);
    }

    [Theory]
    [InlineData("FFFFFFFF", FrameError.Length, "Frame length 4294967295 is outside 1..33554432.")]
    [InlineData("01000002FFD8", FrameError.Length, "Frame length 33554433 is outside 1..33554432.")]
    [InlineData("474554202F20485454502F312E31", FrameError.Length, "Frame length 542393671 is outside 1..33554432 (an HTTP request: the pages are on the web port).")]
    [InlineData("5353482D322E30", FrameError.Length, "Frame length 759714643 is outside 1..33554432 (an SSH client).")]
    [InlineData("1603010100FD", FrameError.NotJpeg, "A payload of 16843542 bytes begins 00 FD, not FF D8 as a JPEG does (a TLS hello: this port takes plain frames).")]
    [InlineData("0A000000FFD9", FrameError.NotJpeg, "A payload of 10 bytes begins FF D9, not FF D8 as a JPEG does.")]
    public async Task What_can_never_be_valid_is_refused_with_what_came_and_what_is_allowed(string hex, FrameError error, string message)
    {
        var refused = await Assert.ThrowsAsync<FrameProtocolException>(() => ReadAll(PipeReader.Create(new(Convert.FromHexString(hex)))));
        Assert.Equal((error, message), (refused.Error, refused.Message));
    }

    [Fact]
    public async Task The_limit_is_inclusive()
    {
        Assert.Single((await ReadAll(PipeReader.Create(new(Pieces.Framed(Small))), max: Small.Length)).Frames);
        await Assert.ThrowsAsync<FrameProtocolException>(() => ReadAll(PipeReader.Create(new(Pieces.Framed(Small))), max: Small.Length - 1));
    }

    [Fact]
    public async Task A_declared_length_alone_takes_no_memory()
    {
        // 200 connections that declare 32 MiB each and send 6 bytes.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var pipes = Enumerable.Range(0, 200).Select(_ => new Pipe()).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var readings = new List<Task>();
        foreach (var pipe in pipes)
        {
            await pipe.Writer.WriteAsync(Convert.FromHexString("00000002FFD8"), Token);
            readings.Add(new FrameReader(pipe.Reader).ReadAsync(stop.Token).AsTask());
        }
        var taken = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.InRange(taken, 1, 200 * 256 * 1024);
        await stop.CancelAsync();
        foreach (var reading in readings)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task What_the_writer_writes_the_reader_reads()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writer = new FrameWriter(pipe.Writer);
        await writer.WriteAsync(Small, Token);
        await writer.EndAsync(Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync(default, Token));
        var (frames, end) = await ReadAll(pipe.Reader);
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
