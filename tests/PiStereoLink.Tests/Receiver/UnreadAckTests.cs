using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A peer that asks and does not read holds up nobody, and is dropped.</summary>
public class UnreadAckTests
{
    private static readonly FrameIdentity Identity = new(1, 2, 3);

    [Fact]
    public async Task Who_does_not_read_for_so_long_is_dropped()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 1));
        var dropped = new TaskCompletionSource<string>();
        var lines = new AckLines(pipe.Writer, stores: true, idleLines: false, new FramePortOptions { UnreadLines = TimeSpan.FromMilliseconds(200) }, TimeProvider.System,
            why => { dropped.TrySetResult(why); pipe.Reader.Complete(); });
        Assert.Equal("it has not read its acknowledgements for 0.2 s", await dropped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await lines.EndAsync(deliver: true).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Lines_wait_for_a_slow_reader_and_come_all_at_once()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64, resumeWriterThreshold: 1));
        var lines = new AckLines(pipe.Writer, stores: true, idleLines: false, new FramePortOptions(), TimeProvider.System, why => Assert.Fail(why));
        for (var i = 0; i < 40; i++)
            lines.Nack(Identity, NackReason.BadCrc, retry: true);
        var hello = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        pipe.Reader.AdvanceTo(hello.Buffer.End);
        var rest = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(40, rest.Buffer.ToArray().Count(c => c == '\n'));
        pipe.Reader.AdvanceTo(rest.Buffer.End);
        await lines.EndAsync(deliver: true).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_without_reading_ends_one_connection_and_no_other()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        receiver.Link.UnreadLines = TimeSpan.FromMilliseconds(500);
        using var friend = await AckPeer.ConnectAsync(receiver);
        using var flood = await receiver.ConnectAsync("127.0.0.3");
        var frame = Pieces.Framed(AckPeer.WithTrailer(AckPeer.Picture(1, camera: "flood/0"), 1, AckOptions.Offer, crc: 1));
        // A thread of its own: with inline completions this loop would keep the one that reads for the receiver.
        var flooding = Task.Run(() =>
        {
            while (true)
                flood.Send(frame);
        }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SocketException>(() => flooding.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await Until.TrueAsync(() => Task.FromResult(receiver.LogLines.Count(line => line.StartsWith("Warning: 127.0.0.3", StringComparison.Ordinal) && line.Contains("dropped: it has", StringComparison.Ordinal)) == 1));
        await friend.SendAsync(AckPeer.Picture(1), 1);
        await friend.HelloAsync();
    }
}
