using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Tests.Spool;

namespace PiStereoLink.Tests.Clock;

/// <summary>The real agent and the real receiver with a store on one machine, whose clocks are one: the true offset is 0.</summary>
public class SharedClockTests
{
    /// <summary>Without metadata a picture's time is not better than its frame time, at 30 fps, and 100 ms.</summary>
    private const long CaptureError = 133_333;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20, 5)]
    [InlineData(5, 50)]
    [InlineData(10, 10)]
    public async Task The_stamped_offset_is_within_its_bound_over_a_network_that_is_late_both_ways(int there, int back)
    {
        using var folder = new CameraFolder();
        var store = Path.Combine(folder.Root, "store");
        folder.EndlessCamera(Pictures.Skeleton(entropyBytes: 400_000));
        await using var receiver = await RunningReceiver.StartAsync(store);
        await using var relay = new DelayRelay(receiver.FramePort, TimeSpan.FromMilliseconds(there), TimeSpan.FromMilliseconds(back));
        await using (var agent = folder.Run(relay.Port))
        {
            await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("store").GetProperty("frames").GetInt64() >= 60);
            var camera = await receiver.CameraAsync("garden/0");
            Assert.Equal("receiver", camera.GetProperty("clock").GetProperty("source").GetString());
            Assert.True(camera.GetProperty("clock").GetProperty("errorMs").GetDouble() > CaptureError / 1e3);
            await agent.StopsAsync();
        }

        var stamps = Stored(store).Where(stamp => stamp.Clock.Source == ClockSource.Receiver).ToList();
        Assert.True(stamps.Count >= 20, $"{stamps.Count} frames on the receiver's clock");
        Assert.All(stamps, IsWithinItsBound);
        Assert.All(stamps, stamp => Assert.True(stamp.Clock.ErrorMicroseconds - CaptureError >= (there + back) * 1000 / 2, "a bound below half the round trip"));
        TestContext.Current.SendDiagnosticMessage($"{there} ms there, {back} ms back: {stamps.Count} frames, at most {stamps.Max(stamp => Math.Abs(stamp.Clock.OffsetMicroseconds!.Value)) / 1e3} ms off, "
            + $"bound {stamps.Min(stamp => stamp.Clock.ErrorMicroseconds!.Value - CaptureError) / 1e3} to {stamps.Max(stamp => stamp.Clock.ErrorMicroseconds!.Value - CaptureError) / 1e3} ms");
    }

    [Fact]
    public async Task Frames_from_before_the_first_answer_are_brought_to_the_receivers_clock_and_stored_once()
    {
        using var folder = new CameraFolder();
        var store = Path.Combine(folder.Root, "store");
        Backlog(folder, pictures: 30);
        await using var receiver = await RunningReceiver.StartAsync(store);
        var port = FreePort.Take();
        await using var agent = folder.Run(port, "--spool", "always");
        await folder.FileAsync("taken");
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(folder).Length == 30));
        await using var relay = new DelayRelay(receiver.FramePort, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(2), port);
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("store").GetProperty("frames").GetInt64() >= 30);
        var tally = await agent.StopsAsync();

        Assert.Equal((30, 30, 0), (tally.Captured, tally.Acked, tally.Spooled));
        var stamps = Stored(store);
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (ulong)i), stamps.Select(stamp => stamp.Identity.Sequence).Order());
        // The newest goes first, and tells the clock; one old frame may go along before the answer comes.
        Assert.InRange(stamps.Count(stamp => stamp.Clock.Source == ClockSource.None), 1, 2);
        Assert.All(stamps.Where(stamp => stamp.Clock.Source == ClockSource.Receiver), IsWithinItsBound);
        Assert.Empty(SpoolFiles.Waiting(folder));
    }

    [Fact]
    public async Task What_was_sent_with_the_receivers_clock_is_sent_with_the_same_bytes_by_the_next_run()
    {
        using var folder = new CameraFolder();
        Backlog(folder, pictures: 12);
        var port = FreePort.Take();
        List<AskingFrame> before;
        await using (var agent = folder.Run(port, "--spool", "always"))
        {
            await folder.FileAsync("taken");
            await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(folder).Length == 12));
            using var receiver = new RecipeReceiver(port);
            var (stream, first) = await AckStream.AcceptAsync(receiver);
            var now = Stamp.ToMicroseconds(DateTime.UtcNow);
            await stream.SayAsync(new ReceiverLine(ReceiverLineKind.Ack) { Identity = first.Identity, ArrivedAtMicroseconds = now, WrittenAtMicroseconds = now });
            before = await stream.ReadAsync(11);
            agent.Signal(AgentProcess.SigKill);
            await agent.EndsAsync();
            stream.Dispose();
        }
        var dated = before.Where(frame => Stamped.Of(frame.Picture).Clock.Source == ClockSource.Receiver).ToList();
        Assert.InRange(dated.Count, 10, 11);

        folder.Program("rpicam-vid", CameraFolder.Forever);
        using var again = new RecipeReceiver(port);
        await using var next = folder.Run(port, "--spool", "always");
        var (answers, oldest) = await AckStream.AcceptAsync(again);
        next.Signal(AgentProcess.SigInt);
        var after = await answers.AckAllAsync(oldest);
        answers.Dispose();
        await next.TallyAsync();
        foreach (var frame in before)
            Assert.Equal(frame.Picture, Assert.Single(after, one => one.Identity == frame.Identity).Picture);
    }

    /// <summary>A camera that delivers so many pictures and tells when it has.</summary>
    private static void Backlog(CameraFolder folder, int pictures)
    {
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: 1000));
        folder.Program("rpicam-vid", $"for i in {{1..{pictures}}}; do cat \"$here/picture.jpg\"; sleep 0.02; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
    }

    private static void IsWithinItsBound(Stamp stamp) => Assert.True(
        Math.Abs(stamp.Clock.OffsetMicroseconds!.Value) <= stamp.Clock.ErrorMicroseconds - CaptureError, $"frame {stamp.Identity.Sequence}: {stamp.Clock}");

    internal static List<Stamp> Stored(string store) =>
        [.. Directory.EnumerateFiles(store, "*.jpg", SearchOption.AllDirectories).Select(file => Stamped.Of(File.ReadAllBytes(file)))];
}
