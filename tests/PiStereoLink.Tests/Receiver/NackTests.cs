using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A frame that is not taken is told with its reason, and the frames behind it are taken.</summary>
public sealed class NackTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-nack-");

    public void Dispose() => folder.Delete(recursive: true);

    private IEnumerable<byte[]> Stored() => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    [Fact]
    public async Task A_wrong_check_value_is_told_and_the_frame_may_come_again()
    {
        byte[] first = AckPeer.Picture(1), second = AckPeer.Picture(2);
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(first, 1, crc: 0x1234);
        await peer.HelloAsync();
        await peer.NackAsync(new FrameIdentity(0, AckPeer.Run, 1), NackReason.BadCrc, retry: true);      // no stamp can be trusted yet
        await peer.SendAsync(second, 2);
        await peer.AckAsync(2);
        await peer.SendAsync(first, 1, crc: 0x1234);
        await peer.NackAsync(AckPeer.Identity(1), NackReason.BadCrc, retry: true);
        await peer.SendAsync(first, 1);
        await peer.AckAsync(1);
        Assert.Equal([first, second], Stored());
        var camera = await receiver.CameraAsync("garden/0");
        Assert.Equal((2, 2, 2), (camera.GetProperty("frames").GetInt64(), camera.GetProperty("dropped").GetProperty("bad-crc").GetInt64(), camera.GetProperty("nacked").GetProperty("bad-crc").GetInt64()));
        Assert.Contains("pistereolink_camera_nacked_total{camera=\"garden/0\",reason=\"bad-crc\"} 2", await receiver.Web.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_no_decoder_may_see_is_refused_for_good()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1, jpeg: Pictures.Skeleton(32767, 32767)), 1);
        await peer.SendAsync(AckPeer.Picture(2), 2);
        await peer.HelloAsync();
        await peer.NackAsync(AckPeer.Identity(1), NackReason.BadJpeg, retry: false);
        await peer.AckAsync(2);
        Assert.Equal([AckPeer.Picture(2)], Stored());
    }

    [Fact]
    public async Task A_frame_without_a_stamp_that_fits_its_trailer_cannot_be_acknowledged_and_is_refused()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(Pictures.Skeleton(), 1);
        await peer.HelloAsync();
        await peer.NackAsync(new FrameIdentity(0, AckPeer.Run, 1), NackReason.BadStamp, retry: false);
        await peer.SendAsync(AckPeer.Picture(2), 2);
        await peer.AckAsync(2);
        await peer.SendAsync(AckPeer.Picture(3), 4);      // the trailer says another sequence
        await peer.NackAsync(AckPeer.Identity(4), NackReason.BadStamp, retry: false);
        await peer.SendAsync(AckPeer.Picture(5, camera: "garden/1"), 5);      // one connection, one camera
        await peer.NackAsync(AckPeer.Identity(5), NackReason.BadStamp, retry: false);
        await peer.SendAsync(AckPeer.Picture(6), 6);
        await peer.AckAsync(6);
        Assert.Equal([AckPeer.Picture(2), AckPeer.Picture(6)], Stored());
        var camera = await receiver.CameraAsync("garden/0");
        Assert.Equal((3, 3), (camera.GetProperty("dropped").GetProperty("bad-stamp").GetInt64(), camera.GetProperty("nacked").GetProperty("bad-stamp").GetInt64()));
    }

    [Fact]
    public async Task A_length_that_is_too_large_ends_the_connection_after_the_acks()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.HelloAsync();
        await peer.SendLengthAsync(33_554_433);
        await peer.AckAsync(1);
        Assert.Empty(await peer.RestAsync());
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_and_the_frame_is_taken_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(folder.FullName, megabytes: 1);
        var store = disk.Folder;
        var filler = Path.Combine(store, "filler");
        await using var receiver = await RunningReceiver.StartAsync(store);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1, entropyBytes: 50_000), 1);
        await peer.HelloAsync();
        await peer.AckAsync(1);
        disk.Fill(filler);
        await peer.SendAsync(AckPeer.Picture(2, entropyBytes: 50_000), 2);
        await peer.NackAsync(AckPeer.Identity(2), NackReason.DiskFull, retry: true);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await receiver.Web.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(store, "garden/0/2026-11-21")));

        File.Delete(filler);
        await peer.SendAsync(AckPeer.Picture(2, entropyBytes: 50_000), 2);
        await peer.AckAsync(2);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await receiver.Web.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal([AckPeer.Picture(1, 50_000), AckPeer.Picture(2, 50_000)],
            Directory.EnumerateFiles(Path.Combine(store, "garden/0/2026-11-21")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
        Assert.Equal(2, (await receiver.CameraAsync("garden/0")).GetProperty("frames").GetInt64());      // shown once each
    }
}
