using System.Net.Sockets;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Frames as they come over a socket: in pieces, all at once, and not at all.</summary>
public sealed class SocketConnectionTests : IAsyncLifetime
{
    private const int AtMost = 1 << 18;

    private static readonly byte[][] Jpegs = [Pictures.Skeleton(entropyBytes: 700_000), Pictures.Skeleton(), Pictures.Skeleton(entropyBytes: 90_000), Pictures.Skeleton(entropyBytes: 100)];

    private readonly FrameIntake intake = new(FrameReader.DefaultMaxFrameBytes, TimeProvider.System);
    private SocketConnection connection = null!;
    private Socket far = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (var near, far) = await SocketPair.ConnectAsync();
        connection = new SocketConnection(near);
    }

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        intake.Dispose();
        far.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1_448)]         // as over a network
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public async Task Frames_come_whole_and_the_end_is_told(int piece)
    {
        var sending = Task.Run(() =>
        {
            foreach (var part in Pieces.Framed(Jpegs).Chunk(piece))
                far.Send(part);
            far.Dispose();
        }, Token);
        Assert.Equal(Jpegs, await ReadToEndAsync());
        await sending;
    }

    [Fact]
    public async Task An_end_that_came_together_with_the_last_frame_is_told()
    {
        far.Send(Pieces.Framed(Jpegs[1..]));
        far.Shutdown(SocketShutdown.Send);
        Assert.Equal(Jpegs[1..], await ReadToEndAsync());
    }

    [Fact]
    public async Task A_frame_is_there_with_its_last_byte()
    {
        var (bytes, frames) = (Pieces.Framed(Jpegs[0]), new List<byte[]>());
        var sending = Task.Run(() => { far.Send(bytes.AsSpan(..^1)); far.Send(bytes.AsSpan(^1..)); }, Token);
        while (frames.Count == 0 && await ReadAsync(Token))
            Take(frames);
        Assert.Equal(Jpegs[0], Assert.Single(frames));
        await sending;
    }

    [Fact]
    public async Task Who_waits_for_many_bytes_takes_few_when_hurried()
    {
        var bytes = Pieces.Framed(Jpegs[0]);
        far.Send(bytes.AsSpan(..150_000));
        while (intake.Received < 150_000)
        {
            Assert.True(await HurriedAsync(ReadAsync(Token)));
            Take([]);
        }
        var reading = ReadAsync(Token);
        far.Send(bytes.AsSpan(150_000, 10));
        Assert.True(await HurriedAsync(reading));
        Assert.Equal(150_010, intake.Received);
    }

    [Fact]
    public async Task Who_waits_on_an_aborted_connection_is_told()
    {
        var reading = ReadAsync(Token);
        connection.Abort("of a test");
        await Assert.ThrowsAsync<IOException>(() => reading);
    }

    [Fact]
    public async Task A_wait_ends_when_the_receiver_stops_and_what_came_is_not_lost()
    {
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        far.Send(Pieces.Framed(Jpegs[1]));
        far.Dispose();
        Assert.Equal([Jpegs[1]], await ReadToEndAsync());
    }

    private async Task<bool> ReadAsync(CancellationToken token)
    {
        var came = await connection.ReadAsync(intake, AtMost, token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        await Task.Yield();     // this may be the thread that waits for all sockets
        return came;
    }

    private async Task<bool> HurriedAsync(Task<bool> reading)
    {
        while (!reading.IsCompleted)
        {
            connection.Hurry();
            await Task.Yield();
        }
        return await reading;
    }

    private async Task<List<byte[]>> ReadToEndAsync()
    {
        var frames = new List<byte[]>();
        while (await ReadAsync(Token))
            Take(frames);
        intake.Complete();
        Assert.Equal(FrameStreamEnd.Disconnected, intake.End);
        return frames;
    }

    private void Take(List<byte[]> frames)
    {
        while (intake.TryTake(out var frame))
            using (frame.Buffer)
                frames.Add(frame.Buffer.Span.ToArray());
    }
}
