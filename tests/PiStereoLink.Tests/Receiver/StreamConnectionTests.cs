using System.Net.Sockets;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Frames that come through a stream, as they do where something decrypts them on the way.</summary>
public class StreamConnectionTests
{
    [Fact]
    public async Task Frames_come_through_a_stream_whole_and_its_end_is_told()
    {
        var (near, far) = await SocketPair.ConnectAsync();
        using var connection = new StreamConnection(near, new NetworkStream(near, ownsSocket: true));
        using var intake = new FrameIntake(FrameReader.DefaultMaxFrameBytes, TimeProvider.System);
        byte[][] jpegs = [Pictures.Skeleton(entropyBytes: 300_000), Pictures.Skeleton(), Pictures.Skeleton(entropyBytes: 100)];
        var sending = Task.Run(() => { far.Send(Pieces.Framed(jpegs)); far.Dispose(); }, TestContext.Current.CancellationToken);
        var came = new List<byte[]>();
        while (await connection.ReadAsync(intake, 1 << 20, TestContext.Current.CancellationToken))
            while (intake.TryTake(out var frame))
                using (frame.Buffer)
                    came.Add(frame.Buffer.Span.ToArray());
        intake.Complete();
        await sending;
        Assert.Equal(jpegs, came);
        Assert.Equal(FrameStreamEnd.Disconnected, intake.End);
    }

    [Fact]
    public async Task Who_waits_on_an_aborted_stream_is_told()
    {
        var (near, far) = await SocketPair.ConnectAsync();
        using var connection = new StreamConnection(near, new NetworkStream(near, ownsSocket: true));
        using var intake = new FrameIntake(FrameReader.DefaultMaxFrameBytes, TimeProvider.System);
        var reading = connection.ReadAsync(intake, 1 << 20, TestContext.Current.CancellationToken).AsTask();
        connection.Abort("of a test");
        await Assert.ThrowsAsync<IOException>(() => reading);
        Assert.Equal("of a test", connection.AbortedBecause);
        far.Dispose();
    }
}
