using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Tests.Receiver;

public class CameraRingTests
{
    private readonly Clock clock = new();

    /// <summary>A ring that somebody reads, with so many frames published since.</summary>
    private CameraRing Filled(int frames, out Frame[] published)
    {
        var ring = new CameraRing(clock);
        long place = 0;
        Assert.False(ring.TryTake(ref place, out _));
        published = [.. Enumerable.Range(0, frames).Select(i => Frames.At(i))];
        foreach (var frame in published)
            ring.Publish(frame);
        return ring;
    }

    [Fact]
    public void A_reader_gets_every_frame_in_order()
    {
        var ring = Filled(5, out var published);
        long place = 0;
        for (var i = 0; i < 5; i++)
        {
            Assert.True(ring.TryTake(ref place, out var frame));
            Assert.Equal(published[i], frame);
            frame!.Dispose();
        }
        Assert.False(ring.TryTake(ref place, out _));
    }

    [Fact]
    public void What_is_counted_is_given_up_with_the_picture_and_when_somebody_reads()
    {
        var (ring, kept) = (new CameraRing(clock), new KeptPictures(limit: 1_000_000));
        ring.Publish(Frames.At(0), kept);
        var size = kept.Used;
        Assert.Equal(ring.KeptBytes, size);
        ring.Publish(Frames.At(1), kept);
        Assert.Equal(size, kept.Used);
        long place = 0;
        Assert.True(ring.TryTakeNewest(ref place, out var frame));
        frame.Dispose();
        for (var i = 2; i < 20; i++)
            ring.Publish(Frames.At(i), kept);
        Assert.Equal(0, kept.Used);
        clock.Advance(CameraRing.MaxAge * 2);
        ring.Publish(Frames.At(20), kept);
        Assert.Equal(size, kept.Used);
        ring.Clear();
        Assert.Equal(0, kept.Used);
    }

    [Fact]
    public void Without_room_the_newest_is_not_kept_and_the_reader_waits_for_the_next()
    {
        var ring = new CameraRing(clock);
        ring.Publish(Frames.At(0), new KeptPictures(limit: 1));
        Assert.Equal(0, ring.KeptBytes);
        long place = 0;
        Assert.False(ring.TryTakeNewest(ref place, out _));
        Assert.False(ring.WaitAsync(place, TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public void A_slow_reader_loses_the_oldest_and_the_ring_gives_them_back()
    {
        var ring = Filled(20, out var published);
        long place = 0;
        Assert.True(ring.TryTake(ref place, out var frame));
        using (frame)
            Assert.Equal(published[12], frame);
        Assert.Equal(12, published.Count(f => f.IsGone()));
    }

    [Fact]
    public async Task A_reader_that_has_waited_long_gets_the_frames_that_come_while_it_wakes_up()
    {
        var ring = new CameraRing(clock);
        var waiting = ring.WaitAsync(0, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(10));
        var published = new[] { Frames.At(0), Frames.At(1), Frames.At(2) };
        foreach (var frame in published)
            ring.Publish(frame);
        await waiting;
        long place = 0;
        foreach (var expected in published)
        {
            Assert.True(ring.TryTake(ref place, out var frame));
            Assert.Equal(expected, frame);
            frame.Dispose();
        }
    }

    [Fact]
    public void A_frame_in_a_readers_hands_outlives_the_ring()
    {
        var ring = Filled(1, out var published);
        long place = 0;
        Assert.True(ring.TryTake(ref place, out var frame));
        for (var i = 0; i < 10; i++)
            ring.Publish(Frames.At(i));
        Assert.Equal(4, frame!.Bytes.Length);
        frame.Dispose();
        Assert.True(published[0].IsGone());
    }

    [Fact]
    public void What_is_older_than_two_seconds_goes_but_the_newest_stays()
    {
        var ring = Filled(3, out var published);
        clock.Advance(TimeSpan.FromHours(1));
        long place = 0;
        Assert.True(ring.TryTakeNewest(ref place, out var newest));
        Assert.Equal(published[2], newest);
        newest.Dispose();
        ring.Publish(Frames.At(3));
        Assert.All(published, frame => Assert.True(frame.IsGone()));
    }

    [Fact]
    public async Task While_nobody_reads_only_the_newest_stays()
    {
        var ring = new CameraRing(clock);
        Frame[] published = [.. Enumerable.Range(0, 4).Select(i => Frames.At(i))];
        foreach (var frame in published)
            ring.Publish(frame);
        Assert.Equal(3, published.Count(frame => frame.IsGone()));
        var waiting = ring.WaitAsync(ring.Next, TestContext.Current.CancellationToken);      // a reader has come
        foreach (var frame in new[] { Frames.At(4), Frames.At(5) })
            ring.Publish(frame);
        await waiting;
        long place = 4;
        foreach (var expected in new[] { 4, 5 })
        {
            Assert.True(ring.TryTake(ref place, out var frame));
            using (frame)
                Assert.Equal(expected, frame.Milliseconds());
        }
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_frame()
    {
        var ring = Filled(1, out _);
        await ring.WaitAsync(0, TestContext.Current.CancellationToken);
        var waits = Enumerable.Range(0, 3).Select(_ => ring.WaitAsync(1, TestContext.Current.CancellationToken)).ToArray();
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        ring.Publish(Frames.At(1));
        await Task.WhenAll(waits);
    }

    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
