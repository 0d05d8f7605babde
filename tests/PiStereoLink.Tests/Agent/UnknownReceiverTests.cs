using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>The first seconds with a receiver that has never said anything, and may be an old program that never will.</summary>
public sealed class UnknownReceiverTests : IDisposable
{
    private const int LargePicture = 1 << 20;

    private static readonly CameraName Camera = new("garden", "0");

    private readonly DirectoryInfo state = Directory.CreateTempSubdirectory("psl-test-");

    public void Dispose() => state.Delete(recursive: true);

    [Fact]
    public async Task Its_pictures_neither_halt_nor_pile_up_before_the_verdict()
    {
        const int Count = 40;               // far more megabytes than the window holds
        using var receiver = new RecipeReceiver();
        var tally = new Tally();
        var link = LinkTo(receiver, tally, new StoppedTime());

        var sending = link.RunAsync(TestContext.Current.CancellationToken);
        using var stream = await receiver.AcceptAsync();
        for (uint i = 0; i < Count; i++)
        {
            Assert.True(link.Frames.TryWrite(Picture(i, LargePicture)));
            Assert.True(await stream.ReadAsync() is { Length: > LargePicture });
        }
        Assert.InRange(tally.Unconfirmed, Count - 10, Count);       // and not kept
        link.Frames.Complete();
        Assert.Null(await stream.ReadAsync());
        stream.Dispose();
        await sending;
        Assert.Equal((0, Count), (tally.Dropped(DropReason.Link), tally.Unconfirmed));
    }

    [Fact]
    public async Task Its_pictures_on_disk_are_kept_until_the_verdict()
    {
        const int Count = 20;               // more than are kept in memory for a late hello
        using var receiver = new RecipeReceiver();
        var tally = new Tally();
        var folder = state.CreateSubdirectory("spool");
        var spool = new global::PiStereoLink.Agent.Spool(new SpoolFolder(folder.FullName), new SpoolLimits(1 << 26, DropOldest: false), Camera, tally, NullLogger<global::PiStereoLink.Agent.Spool>.Instance);
        var link = LinkTo(receiver, tally, new StoppedTime(), spool, SpoolMode.Always);

        var sending = link.RunAsync(TestContext.Current.CancellationToken);
        using var stream = await receiver.AcceptAsync();
        for (uint i = 0; i < Count; i++)
        {
            Assert.True(link.Frames.TryWrite(Picture(i, entropyBytes: 1000)));
            Assert.NotNull(await stream.ReadAsync());
        }
        Assert.Equal((Count, 0), (folder.GetFiles("*.jpg").Length, tally.Unconfirmed));
        link.Frames.Complete();
        Assert.Null(await stream.ReadAsync());
        stream.Dispose();
        await sending;
        Assert.Equal((0, Count), (folder.GetFiles("*.jpg").Length, tally.Unconfirmed));
    }

    [Fact]
    public async Task Two_hundred_recipe_receivers_get_their_sessions_whole_and_never_know_that_they_were_asked()
    {
        const int Sessions = 200, AtOnce = 20, Frames = 5;
        var whole = 0;
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (_, cancellationToken) =>
        {
            using var receiver = new RecipeReceiver();
            var tally = new Tally();
            var link = LinkTo(receiver, tally, TimeProvider.System);
            var sent = Enumerable.Range(1, Frames).Select(number => Picture((uint)number, entropyBytes: 10_000)).ToList();
            var bytes = sent.ConvertAll(frame => frame.Bytes.ToArray());
            foreach (var frame in sent)
                Assert.True(link.Frames.TryWrite(frame));
            link.Frames.Complete();

            var sending = link.RunAsync(cancellationToken);
            using var stream = await receiver.AcceptAsync();
            var came = await stream.ReadToEndAsync();
            stream.Dispose();
            await sending;
            // A decoder stops at the end of the picture: what is asked behind it is nothing to it.
            Assert.Equal(bytes, came.ConvertAll(picture => AckTrailer.TryRead(picture, out var _) ? picture[..^AckTrailer.Length] : picture));
            Assert.Equal(Frames, tally.Unconfirmed);
            Interlocked.Increment(ref whole);
        });
        Assert.Equal(Sessions, whole);
    }

    private static Frame Picture(uint number, int entropyBytes)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Pictures.Skeleton(entropyBytes: entropyBytes));
        return new FrameStamper(Camera, "install", number, TimeSpan.FromMilliseconds(33), TimeProvider.System).Stamp(buffer, default, metadata: null, sensor: null);
    }

    private Link LinkTo(RecipeReceiver receiver, Tally tally, TimeProvider time, global::PiStereoLink.Agent.Spool? spool = null, SpoolMode mode = SpoolMode.Off) => new(
        Camera, new ReceiverAddress("127.0.0.1", receiver.Port), PeerKind.Auto, new KnownReceivers(state.FullName), spool, mode, tally, time, NullLogger<Link>.Instance);

    /// <summary>In which no verdict ever comes.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
