using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;
using PiStereoLink.Tests.EndToEnd;
using PiStereoLink.Tests.Spool;

namespace PiStereoLink.Tests.Clock;

/// <summary>The real agent gets the clock of receivers that keep nothing.</summary>
public class SeenClockTests
{
    private const long Ahead = 5_000_000;

    private static readonly ReceiverLine Hello = AckStream.Hello with { Stores = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_rig_without_a_store_comes_onto_one_clock_and_says_so()
    {
        await using var pair = await SimulatedPair.StartAsync();
        JsonElement rig = default;
        await Until.TrueAsync(async () => (rig = (await pair.Receiver.StatusAsync()).GetProperty("rigs")[0]).GetProperty("skewMs").GetProperty("errorMs").ValueKind == JsonValueKind.Number);
        Assert.Equal("stamps", rig.GetProperty("pairedBy").GetString());
        Assert.InRange(rig.GetProperty("skewMs").GetProperty("errorMs").GetDouble(), 0.001, 1000);
        foreach (var eye in new[] { "left", "right" })
        {
            Assert.Equal("receiver", (await pair.Receiver.CameraAsync($"{eye}/0")).GetProperty("clock").GetProperty("source").GetString());
            var clock = Stamped.Of(await pair.Receiver.Web.GetByteArrayAsync($"/cameras/{eye}/0/snapshot.jpg", Token)).Clock;
            Assert.Equal(ClockSource.Receiver, clock.Source);
            // One machine, one clock: the true offset is 0.
            Assert.InRange(Math.Abs(clock.OffsetMicroseconds!.Value), 0, clock.ErrorMicroseconds!.Value);
        }
        await using var browser = await Browser.OpenAsync(pair.Receiver.Web.BaseAddress!);
        await Until.TrueAsync(async () => (await browser.EvaluateAsync("document.querySelector('article.rig [data-field=paired]')?.textContent ?? null"))?.GetValue<string>()
            .StartsWith("by stamps, within ", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_frame_that_is_done_with_still_tells_the_clock_once_and_stays_unconfirmed()
    {
        using var folder = new CameraFolder();
        // The times of the last 16 frames are remembered: the camera goes on once the first one's is told.
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: 2000));
        folder.Program("rpicam-vid", """
            for i in 1 2 3 4 5 6 7 8 9; do cat "$here/picture.jpg"; sleep 0.02; done
            until [ -e "$here/go" ]; do sleep 0.05; done
            while cat "$here/picture.jpg"; do sleep 0.02; done
            """);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, first) = await AckStream.AcceptAsync(receiver, Hello);
        using var _ = stream;
        var before = await stream.ReadAsync(8);      // each of them settles the one before it
        await stream.SayAsync(Seen(first.Identity with { Sequence = 1000 }, aheadBy: 100 * Ahead));
        await stream.SayAsync(Seen(first.Identity, aheadBy: Ahead));
        await stream.SayAsync(Seen(first.Identity, aheadBy: 50 * Ahead));
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "go"), "", Token);

        Assert.All(before.Prepend(first), frame => Assert.Equal(ClockSource.None, Stamped.Of(frame.Picture).Clock.Source));
        var clock = Stamped.Of((await NextAsync(stream, frame => Stamped.Of(frame.Picture).Clock.Source == ClockSource.Receiver)).Picture).Clock;
        Assert.InRange(clock.OffsetMicroseconds!.Value, Ahead - clock.ErrorMicroseconds!.Value, Ahead + clock.ErrorMicroseconds.Value);
        agent.Signal(AgentProcess.SigInt);
        while (await stream.ReadAsync() is { } frame)
            Assert.InRange(Stamped.Of(frame.Picture).Clock.OffsetMicroseconds!.Value, 0, 10 * Ahead);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((0, tally.Captured - tally.Dropped.Values.Sum()), (tally.Acked, tally.Unconfirmed));
    }

    [Fact]
    public async Task Frames_that_wait_on_disk_are_brought_to_the_clock_before_they_are_sent()
    {
        using var folder = new CameraFolder();
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: 1000));
        folder.Program("rpicam-vid", "for i in {1..20}; do cat \"$here/picture.jpg\"; sleep 0.02; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
        var port = FreePort.Take();
        await using var agent = folder.Run(port, "--spool", "always");
        await folder.FileAsync("taken");
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(folder).Length == 20));
        using var receiver = new RecipeReceiver(port);
        using var stream = new AckStream(await receiver.AcceptAsync());
        var first = await stream.ReadAsync();
        await stream.SayAsync(Hello, Seen(first!.Identity, aheadBy: 0));

        var rest = await stream.ReadAsync(19);
        // One that had been taken before the line came may go as it is.
        Assert.InRange(rest.Count(frame => Stamped.Of(frame.Picture).Clock.Source == ClockSource.None), 0, 1);
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(folder).Length == 0));
    }

    private static ReceiverLine Seen(in FrameIdentity identity, long aheadBy)
    {
        var now = Stamp.ToMicroseconds(DateTime.UtcNow) + aheadBy;
        return new ReceiverLine(ReceiverLineKind.Seen) { Identity = identity, ArrivedAtMicroseconds = now, WrittenAtMicroseconds = now };
    }

    private static async Task<AskingFrame> NextAsync(AckStream stream, Predicate<AskingFrame> wanted)
    {
        while (await stream.ReadAsync() is { } frame)
            if (wanted(frame))
                return frame;
        throw new EndOfStreamException("The stream ended before such a frame.");
    }
}
