using System.Diagnostics;
using System.Net;
using System.Text.Json;
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
        folder.Program("rpicam-vid", $"for i in {{1..{Pictures}}}; do cat \"$here/picture.jpg\"; sleep 0.005; done\n" + CameraFolder.Write("taken", "all") + "while cat \"$here/picture.jpg\"; do sleep 0.1; done\n");

        using var receiver = await StartReceiverAsync(store, Path.Combine(folder.Root, "receiver"));
        var cuts = 0;
        await using var proxy = new FaultProxy(IPEndPoint.Parse(await FramePortAsync(Path.Combine(folder.Root, "receiver"))), random => cuts++ >= Cuts
            ? new LinkFault()
            : new LinkFault(Kinds[random.Next(Kinds.Length)]) { AfterBytes = random.Next(4_000, 60_000) });
        await using var agent = folder.Run(proxy.EndPoint.Port, "--spool", "always", "--drain", "60");
        await folder.FileAsync("taken");
        for (var struck = proxy.Struck; struck < Cuts; struck = proxy.Struck)
            await Until.TrueAsync(() => Task.FromResult(proxy.Struck > struck));
        var tally = await agent.StopsAsync();
        using (var stop = Process.Start("kill", ["-TERM", $"{receiver.Id}"]))
            await receiver.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(tally.Captured >= Pictures);
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
        Assert.Equal(Enumerable.Range(1, (int)tally.Captured).Select(number => (ulong)number), sequences.Order());
    }

    private static async Task<Process> StartReceiverAsync(string store, string state)
    {
        var process = Process.Start(new ProcessStartInfo(Programs.Path("PiStereoLink.Receiver"),
            ["serve", "--listen", "127.0.0.1:0", "--web", "127.0.0.1:0", "--store", store, "--state", state])
        { RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(state, "receiver.json"))));
        return process;
    }

    private static async Task<string> FramePortAsync(string state) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(state, "receiver.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("frames").GetString()!;
}
