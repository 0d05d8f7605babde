using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.EndToEnd;

/// <summary>The real agent, the real receiver with a store, and a network between them that breaks again and again.</summary>
public class CutTests
{
    private const int Pictures = 2000, Cuts = 50;

    private static readonly LinkFaultKind[] Kinds = [LinkFaultKind.Reset, LinkFaultKind.Close, LinkFaultKind.HalfClose];

    [Fact]
    public async Task Two_thousand_frames_over_fifty_cuts_none_lost_none_twice_all_whole()
    {
        using var folder = new CameraFolder();
        var store = Path.Combine(folder.Root, "store");
        var picture = PiStereoLink.Tests.Pictures.Skeleton(entropyBytes: 1500);
        folder.Picture("picture.jpg", picture);
        folder.Program("rpicam-vid", $"for i in {{1..{Pictures}}}; do cat \"$here/picture.jpg\"; sleep 0.005; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);

        await using var receiver = await Receiver.RunningReceiver.StartAsync(store);
        var cuts = 0;
        await using var proxy = new FaultProxy(receiver.FramePort, random => cuts++ >= Cuts
            ? new LinkFault()
            : new LinkFault(Kinds[random.Next(Kinds.Length)]) { AfterBytes = random.Next(1, 60_000) });
        await using var agent = folder.Run(proxy.EndPoint.Port, "--spool", "always", "--drain", "60");
        await folder.FileAsync("taken");
        await Until.TrueAsync(() => Task.FromResult(proxy.Struck >= Cuts));
        var tally = await agent.StopsAsync();
        await receiver.StopAsync();

        Assert.Equal(Pictures, tally.Captured);
        Assert.Equal((tally.Captured, 0L, 0L), (tally.Acked, tally.Spooled + tally.InFlight + tally.Unconfirmed, tally.Dropped.Values.Sum()));
        var sequences = new List<ulong>();
        foreach (var file in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            var stored = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.True(StampReader.TryRead(stored, out var stamp), file);
            // Behind the stamp and SOI, the camera's own bytes to the last.
            Assert.Equal(picture[2..], stored[^(picture.Length - 2)..]);
            sequences.Add(stamp.Identity.Sequence);
        }
        Assert.Equal(Enumerable.Range(1, Pictures).Select(number => (ulong)number), sequences.Order());
    }
}
