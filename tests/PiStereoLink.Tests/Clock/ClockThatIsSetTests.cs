using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Clock;

/// <summary>A Pi whose clock is wrong, and is set while it sends.</summary>
public sealed class ClockThatIsSetTests : IDisposable
{
    private const int FramesEach = 15, OutgoingAtMost = 8;

    private static readonly CameraName Camera = new("garden", "0");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-clock-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_offset_follows_at_once_when_the_Pis_clock_is_set()
    {
        var store = Path.Combine(folder.FullName, "store");
        await using var receiver = await RunningReceiver.StartAsync(store);
        await using var relay = new DelayRelay(receiver.FramePort, TimeSpan.FromMilliseconds(12), TimeSpan.FromMilliseconds(3));
        var (clock, tally) = (new WrongClock(), new Tally());
        var shared = new ReceiverClock(clock);
        var stamper = new FrameStamper(Camera, "installation", run: 1, TimeSpan.FromMilliseconds(33), clock, shared);
        var link = new PiStereoLink.Agent.Link(Camera, new ReceiverAddress("127.0.0.1", relay.Port), PeerKind.Auto, new KnownReceivers(folder.FullName), spool: null, SpoolMode.Off,
            tally, clock, NullLogger<PiStereoLink.Agent.Link>.Instance, new Redating(shared, run: 1));
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        giveUp.CancelAfter(TimeSpan.FromSeconds(60));
        var running = link.RunAsync(giveUp.Token);
        var truth = new ConcurrentDictionary<ulong, TimeSpan>();

        await SendUntilAsync(() => shared.IsKnown);
        // A Pi boots years in the past; a time server sets it, and corrects itself.
        foreach (var wrong in new[] { TimeSpan.FromDays(-400), TimeSpan.Zero, TimeSpan.FromSeconds(2.5) })
        {
            clock.Wrong = wrong;
            var until = tally.Captured + FramesEach;
            await SendUntilAsync(() => tally.Captured >= until);
        }
        link.Frames.TryComplete();
        await running;

        var stamps = SharedClockTests.Stored(store).Where(stamp => stamp.Clock.Source == ClockSource.Receiver).ToList();
        Assert.True(stamps.Count >= 3 * FramesEach, $"{stamps.Count} frames");
        Assert.All(stamps, stamp =>
        {
            var error = stamp.Clock.OffsetMicroseconds!.Value + truth[stamp.Identity.Sequence].TotalMicroseconds;
            Assert.True(Math.Abs(error) <= stamp.Clock.ErrorMicroseconds, $"{stamp.Clock}, {error} us off");
            Assert.InRange(stamp.CapturedAtReceiver, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1));
        });

        async Task SendUntilAsync(Func<bool> done)
        {
            for (; !done(); await Task.Delay(20, giveUp.Token))
            {
                // A link that has not come to the last ones would drop some.
                if (tally.Captured - tally.Acked - tally.Dropped(DropReason.Link) >= OutgoingAtMost)
                    continue;
                var picture = FrameBuffer.Rent();
                picture.Append(Pictures.Skeleton());
                // The driver's time of the picture: no error of its own is added to the bound.
                var frame = stamper.Stamp(picture, default, new CameraMetadata { SensorNanoseconds = clock.GetTimestamp() }, "imx219");
                truth[frame.Identity.Sequence] = clock.Wrong;
                tally.CountCaptured(tally.Of(Camera));
                Assert.True(link.Frames.TryWrite(frame));
            }
        }
    }

    /// <summary>Wrong by what the test says; its monotonic clock began long ago, and nobody sets that.</summary>
    private sealed class WrongClock : TimeProvider
    {
        private const long Nanoseconds = 1_000_000_000;

        public TimeSpan Wrong { get; set; } = TimeSpan.FromDays(-400);

        public override long TimestampFrequency => Nanoseconds;

        public override long GetTimestamp() => 77_777 * Nanoseconds + (long)((Int128)System.GetTimestamp() * Nanoseconds / System.TimestampFrequency);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Wrong;
    }
}
