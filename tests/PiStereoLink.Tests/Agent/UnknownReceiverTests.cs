using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>The first seconds with a receiver that has never said anything, and may be an old program that never will.</summary>
public sealed class UnknownReceiverTests : IDisposable
{
    private const int LargePicture = 1 << 20;

    private readonly DirectoryInfo state = Directory.CreateTempSubdirectory("psl-test-");

    public void Dispose() => state.Delete(recursive: true);

    [Fact]
    public async Task Its_pictures_neither_halt_nor_pile_up_before_the_verdict()
    {
        const int Pictures = 40;            // far more megabytes than the window holds
        using var receiver = new RecipeReceiver();
        var (camera, tally) = (new CameraName("garden", "0"), new Tally());
        var link = new Link(camera, new ReceiverAddress("127.0.0.1", receiver.Port), PeerKind.Auto, new KnownReceivers(state.FullName), spool: null, SpoolMode.Off, tally, new StoppedTime(), NullLogger<Link>.Instance);
        var stamper = new FrameStamper(camera, "install", 1, TimeSpan.FromMilliseconds(33), TimeProvider.System);

        var sending = link.RunAsync(TestContext.Current.CancellationToken);
        using var stream = await receiver.AcceptAsync();
        for (var i = 0; i < Pictures; i++)
        {
            var buffer = FrameBuffer.Rent();
            buffer.Append(Tests.Pictures.Skeleton(entropyBytes: LargePicture));
            Assert.True(link.Frames.TryWrite(stamper.Stamp(buffer, default, metadata: null, sensor: null)));
            Assert.True(await stream.ReadAsync() is { Length: > LargePicture });
        }
        Assert.InRange(tally.Unconfirmed, Pictures - 10, Pictures);     // and not kept
        link.Frames.Complete();
        Assert.Null(await stream.ReadAsync());
        stream.Dispose();
        await sending;
        Assert.Equal((0, Pictures), (tally.Dropped(DropReason.Link), tally.Unconfirmed));
    }

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
