using System.Net;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Tests.Spool;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>A disk that can be read only, and one that answers everything with an I/O error: under the receiver's store, and under the agent's spool.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-disk-");

    public void Dispose() => folder.Delete(recursive: true);

    private static void Break(LoopDisk disk, bool readOnly)
    {
        if (readOnly)
            disk.Remount("ro");
        else
            disk.Fail();
    }

    private static void Mend(LoopDisk disk, bool readOnly)
    {
        if (readOnly)
            disk.Remount("rw");
        else
            disk.Renew();
    }

    private static async Task BecomesAsync(RunningReceiver receiver, HttpStatusCode health) =>
        await Until.TrueAsync(async () => (await receiver.Web.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode == health).WaitAsync(Soon);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_cannot_be_written_turns_health_red_and_takes_the_frame_once_it_can(bool readOnly)
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? "");
        using var disk = new LoopDisk(folder.FullName, "store", megabytes: 32);
        await using var receiver = await RunningReceiver.StartAsync(disk.Mounted);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.HelloAsync();
        await peer.AckAsync(1);

        Break(disk, readOnly);
        await peer.SendAsync(AckPeer.Picture(2), 2);
        await peer.NackAsync(AckPeer.Identity(2), NackReason.DiskFull, retry: true);
        await BecomesAsync(receiver, HttpStatusCode.ServiceUnavailable);

        Mend(disk, readOnly);
        await peer.SendAsync(AckPeer.Picture(2), 2);
        await peer.AckAsync(2);
        await BecomesAsync(receiver, HttpStatusCode.OK);
        Assert.Equal([AckPeer.Picture(1), AckPeer.Picture(2)],
            Directory.EnumerateFiles(disk.Mounted, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_spool_that_cannot_be_written_is_told_and_used_again_once_it_can(bool readOnly)
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? "");
        using var cameras = new CameraFolder();
        Directory.CreateDirectory(cameras.State);
        using var disk = new LoopDisk(cameras.State, "spool", megabytes: 200);      // 100 MB are left to others
        cameras.EndlessCamera();
        await using var agent = cameras.Run(FreePort.Take(), "--spool", "always", "--drain", "0.1");
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(cameras).Length > 5));

        Break(disk, readOnly);
        await agent.SaysAsync("fails:").WaitAsync(Soon, TestContext.Current.CancellationToken);
        Mend(disk, readOnly);
        var before = SpoolFiles.Waiting(cameras).Length;
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(cameras).Length > before + 5)).WaitAsync(Soon, TestContext.Current.CancellationToken);

        var tally = await agent.StopsAsync();
        var files = SpoolFiles.Waiting(cameras);
        Assert.Equal((tally.Spooled, 0L), (files.Length, tally.InFlight));
        Assert.All(files, file => Assert.Equal(Pictures.Skeleton(entropyBytes: 2000), Stamped.Without(File.ReadAllBytes(file))));
    }
}
