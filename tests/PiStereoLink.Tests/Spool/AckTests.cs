using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Spool;

/// <summary>The real agent against a receiver that answers, and against receivers that do not.</summary>
public class AckTests
{
    private static byte[] Numbered(int number) => Pictures.Skeleton(entropyBytes: 100 + 10 * number);

    /// <summary>A camera that delivers the first picture, and <paramref name="more"/> others when the test has put the file "go" there.</summary>
    private static void Camera(CameraFolder folder, int more)
    {
        folder.Picture("picture.jpg", Numbered(1));
        folder.Program("rpicam-vid", $$"""
            cat "$here/picture.jpg"
            while [ ! -e "$here/go" ]; do sleep 0.02; done
            for i in {1..{{more}}}; do cat "$here/picture.jpg"; sleep 0.02; done
            """ + "\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
    }

    private static void Go(CameraFolder folder) => folder.Picture("go", []);

    [Fact]
    public async Task Frames_that_are_acknowledged_count_as_acked()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1), Numbered(2), Numbered(3));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        var rest = await stream.ReadAsync(2);
        Assert.Equal(AckOptions.Offer | AckOptions.IdleLines | AckOptions.ClockSample, first.Trailer.Flags);
        Assert.All(rest, frame => Assert.False(frame.Trailer.Flags.HasFlag(AckOptions.Offer)));
        Assert.Equal([1UL, 2, 3], rest.Prepend(first).Select(frame => frame.Trailer.Sequence));
        foreach (var frame in rest.Prepend(first))
            await stream.AckAsync(frame);
        await stream.AckAsync(first);        // a second time changes nothing

        agent.Signal(AgentProcess.SigInt);
        Assert.Null(await stream.ReadAsync());
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 3, 0, 0, 0), (tally.Captured, tally.Acked, tally.Unconfirmed, tally.Spooled, tally.InFlight));
    }

    [Fact]
    public async Task No_more_than_sixteen_frames_are_sent_without_an_answer()
    {
        using var folder = new CameraFolder();
        Camera(folder, more: 40);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--drain", "20");
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        await agent.SaysAsync("acknowledges frames and stores them");
        Go(folder);
        await folder.FileAsync("taken");
        var window = await stream.ReadAsync(15);
        agent.Signal(AgentProcess.SigInt);
        await agent.SaysAsync("Stopping");

        await stream.AckAsync(first);
        var next = await stream.ReadAsync();
        // Of the 41 the queue has kept the newest 8. Had a seventeenth been sent before there was an answer, it would come first.
        Assert.Equal(34UL, next!.Trailer.Sequence);
        foreach (var frame in window)
            await stream.AckAsync(frame);
        await stream.AckAllAsync(next);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal(41, tally.Captured);
        Assert.Equal((tally.Captured, 0), (tally.Acked + tally.Dropped["link"], tally.InFlight));
    }

    [Fact]
    public async Task What_was_not_answered_is_sent_again_over_the_next_connection()
    {
        using var folder = new CameraFolder();
        folder.Camera([.. Enumerable.Range(1, 8).Select(Numbered)]);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (cut, first) = await AckStream.AcceptAsync(receiver);
        var before = await cut.ReadAsync(7);
        await cut.AckAsync(first);
        await cut.AckAsync(before[0]);
        cut.Dispose();
        await agent.SaysAsync("lost");

        agent.Signal(AgentProcess.SigInt);
        var (stream, again) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        var after = await stream.AckAllAsync(again);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((8, 8), (tally.Captured, tally.Acked));
        // The two answers may have been lost with the connection; then those are sent twice, and a receiver knows them.
        Assert.Equal([3UL, 4, 5, 6, 7, 8], after.Select(frame => frame.Trailer.Sequence).Where(sequence => sequence > 2));
        Assert.All(after, frame => Assert.Equal(before.Prepend(first).Single(one => one.Identity == frame.Identity).Picture, frame.Picture));
    }

    [Fact]
    public async Task A_receiver_that_stores_nothing_leaves_frames_unconfirmed()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1), Numbered(2), Numbered(3));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, _) = await AckStream.AcceptAsync(receiver, AckStream.Hello with { Stores = false });
        await stream.ReadAsync(2);
        await agent.SaysAsync("stores none");
        agent.Signal(AgentProcess.SigInt);
        Assert.Null(await stream.ReadAsync());
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 0, 3), (tally.Captured, tally.Acked, tally.Unconfirmed));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_asked_no_more_after_five_seconds()
    {
        using var folder = new CameraFolder();
        Camera(folder, more: 3);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        Assert.True(AckTrailer.TryRead(await stream.ReadAsync(), out _));
        await agent.SaysAsync("does not acknowledge frames");
        Go(folder);
        Assert.All(await stream.ReadAsync(3), picture => Assert.Equal(Numbered(1), Stamped.Without(picture)));
        agent.Signal(AgentProcess.SigInt);
        Assert.Empty(await stream.ReadToEndAsync());
        Assert.Equal(1, Trailers(stream.Bytes));
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((4, 4, 0), (tally.Captured, tally.Unconfirmed, tally.InFlight));
    }

    [Fact]
    public async Task One_that_has_once_answered_is_at_fault_when_it_is_silent_even_after_a_restart_of_the_agent()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1));
        using var receiver = new RecipeReceiver();
        await using (var agent = folder.Run(receiver.Port))
        {
            var (stream, first) = await AckStream.AcceptAsync(receiver);
            agent.Signal(AgentProcess.SigInt);
            await stream.AckAllAsync(first);
            stream.Dispose();
            Assert.Equal(1, (await agent.TallyAsync()).Acked);
        }

        await using var next = folder.Run(receiver.Port, "--drain", "20");
        using (var silent = await receiver.AcceptAsync())
        {
            await silent.ReadAsync(1);
            Assert.Contains("it acknowledges frames, but has not answered the first one", await next.SaysAsync("lost"), StringComparison.Ordinal);
        }
        next.Signal(AgentProcess.SigInt);
        var (again, same) = await AckStream.AcceptAsync(receiver);
        await again.AckAllAsync(same);
        again.Dispose();
        var tally = await next.TallyAsync();
        Assert.Equal((1, 1, 0), (tally.SpooledAtStart + tally.Captured, tally.Acked, tally.Unconfirmed));
    }

    [Fact]
    public async Task A_frame_that_is_put_off_comes_again_and_one_that_is_refused_does_not()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1), Numbered(2), Numbered(3));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--spool", "auto");
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        var rest = await stream.ReadAsync(2);
        await stream.NackAsync(first, NackReason.DiskFull, retry: true);
        await stream.NackAsync(rest[0], NackReason.BadJpeg, retry: false);
        await stream.AckAsync(rest[1]);
        Assert.Contains("refused frame 2: bad-jpeg", await agent.SaysAsync("refused frame"), StringComparison.Ordinal);

        agent.Signal(AgentProcess.SigInt);
        var again = await stream.AckAllAsync();
        Assert.Equal(first.Picture, Assert.Single(again).Picture);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 2, 1), (tally.Captured, tally.Acked, tally.Dropped["refused"]));
        Assert.Equal(rest[0].Picture, await File.ReadAllBytesAsync(Assert.Single(SpoolFiles.Refused(folder)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_first_frame_that_came_damaged_and_so_without_its_source_comes_again()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        await stream.SayAsync(new ReceiverLine(ReceiverLineKind.Nack) { Identity = first.Identity with { Source = 0 }, Why = NackReason.BadCrc, Retry = true });
        Assert.Contains("cannot take frame 1 now: bad-crc", await agent.SaysAsync("cannot take"), StringComparison.Ordinal);
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal(first.Picture, Assert.Single(await stream.AckAllAsync()).Picture);
        stream.Dispose();
        Assert.Equal(1, (await agent.TallyAsync()).Acked);
    }

    [Fact]
    public async Task A_frame_larger_than_the_receiver_takes_is_not_sent()
    {
        using var folder = new CameraFolder();
        folder.Picture("large.jpg", Pictures.Skeleton(entropyBytes: 50_000));
        folder.Picture("picture.jpg", Numbered(1));
        folder.Program("rpicam-vid", """
            cat "$here/picture.jpg"
            while [ ! -e "$here/go" ]; do sleep 0.02; done
            cat "$here/large.jpg" "$here/picture.jpg"
            """ + CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, first) = await AckStream.AcceptAsync(receiver, AckStream.Hello with { MaxFrameBytes = 40_000 });
        using var _ = stream;
        await agent.SaysAsync("acknowledges frames");
        Go(folder);
        var last = await stream.ReadAsync();
        Assert.Equal(3UL, last!.Trailer.Sequence);
        agent.Signal(AgentProcess.SigInt);
        await stream.AckAllAsync(first, last);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 2, 1), (tally.Captured, tally.Acked, tally.Dropped["refused"]));
    }

    private static int Trailers(byte[] bytes)
    {
        var count = 0;
        for (var at = 0; (at = bytes.AsSpan(at).IndexOf("PSL1"u8) is var found and >= 0 ? at + found + 1 : -1) > 0;)
            count++;
        return count;
    }
}
