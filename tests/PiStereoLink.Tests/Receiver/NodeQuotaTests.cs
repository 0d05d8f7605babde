using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Link;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A node that has used up its part of the store: its frames come back later or are shown only, and the other nodes go on.</summary>
public sealed class NodeQuotaTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-quota-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    private Task<RunningReceiver> StartAsync(int megabytes) =>
        RunningReceiver.StartAsync(new ReceiverSettings { Store = folder.FullName, Limits = new FrameLimits { NodeMegabytes = megabytes } });

    /// <summary>What the node has from before.</summary>
    private string Fill(string node, int bytes)
    {
        var day = Directory.CreateDirectory(Path.Combine(folder.FullName, node, "0", "2026-11-20"));
        var file = Path.Combine(day.FullName, "080000.000000Z-00000001-00000000000000000001.jpg");
        File.WriteAllBytes(file, new byte[bytes]);
        return file;
    }

    [Fact]
    public async Task Over_its_quota_a_nodes_frames_are_told_to_come_again_and_other_nodes_go_on()
    {
        Fill("garden", Megabyte - 8192);
        await using var receiver = await StartAsync(megabytes: 1);
        using var garden = await AckPeer.ConnectAsync(receiver);
        using var shed = await AckPeer.ConnectAsync(receiver);
        // Its files are counted aside, and there is room for two more in any case.
        await garden.SendAsync(AckPeer.Picture(1), 1);
        await garden.HelloAsync();
        await garden.AckAsync(1);
        ulong refused = 1;
        for (ReceiverLine? line = null; line?.Kind != ReceiverLineKind.Nack; line = await garden.ReadAsync())
            await garden.SendAsync(AckPeer.Picture(++refused), refused);
        await garden.SendAsync(AckPeer.Picture(refused), refused);
        await garden.NackAsync(AckPeer.Identity(refused), NackReason.Quota, retry: true);
        await garden.SendAsync(AckPeer.Picture(1), 1);
        await garden.AckAsync(1);       // it is there already

        await shed.SendAsync(AckPeer.Picture(1, camera: "shed/0"), 1);
        await shed.HelloAsync();
        await shed.AckAsync(1);
        var camera = await receiver.CameraAsync("garden/0");
        Assert.Equal(((long)refused, 2, 2), (camera.GetProperty("frames").GetInt64(), camera.GetProperty("nacked").GetProperty("quota").GetInt64(), camera.GetProperty("dropped").GetProperty("quota").GetInt64()));
        Assert.Equal((int)refused, Directory.EnumerateFiles(Path.Combine(folder.FullName, "garden"), "*.jpg", SearchOption.AllDirectories).Count());
        var quota = (await receiver.StatusAsync()).GetProperty("store").GetProperty("quota");
        Assert.Equal(("garden", Megabyte), (Assert.Single(quota.GetProperty("full").EnumerateArray()).GetProperty("node").GetString(), quota.GetProperty("limitBytes").GetInt64()));
        var health = await receiver.Web.GetAsync("/healthz", Token);
        Assert.Equal((HttpStatusCode.OK, "ok, but not kept are frames of garden: over the quota of 1 MB a node.\n"), (health.StatusCode, await health.Content.ReadAsStringAsync(Token)));
        Assert.Contains("pistereolink_store_nodes_over_quota 1\n", await receiver.Web.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
        var said = Assert.Single(receiver.LogLines, line => line.Contains("--node-quota", StringComparison.Ordinal));
        Assert.StartsWith("Warning: Node garden takes 1 MB of the 1 MB that a node may take of the store (--node-quota): ", said, StringComparison.Ordinal);
        Assert.EndsWith($"Delete some in {Path.Combine(folder.FullName, "garden")}, or allow more.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_sender_that_hears_nothing_they_are_shown_and_counted()
    {
        var old = Fill("legacy-127-0-0-2", Megabyte);
        await using var receiver = await StartAsync(megabytes: 1);
        using var sender = await receiver.ConnectAsync("127.0.0.2");
        var sent = 0L;
        for (var dropped = 0L; dropped == 0; dropped = Count((await receiver.CameraAsync("legacy-127-0-0-2/0")).GetProperty("dropped")))
        {
            await sender.SendAsync(Pieces.Framed(Pictures.Skeleton()), Token);
            sent++;
            await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").EnumerateArray().Any(one => one.GetProperty("frames").GetInt64() == sent));
        }
        Assert.True(File.Exists(old));

        static long Count(System.Text.Json.JsonElement dropped) => dropped.TryGetProperty("quota", out var count) ? count.GetInt64() : 0;
    }

    [Fact]
    public async Task Files_that_are_deleted_make_room_when_they_are_counted_again_after_a_minute()
    {
        var old = Fill("garden", Megabyte);
        var time = new Clock();
        var quota = new NodeQuota(folder.FullName, Megabyte, time, NullLogger<NodeQuota>.Instance);
        using var frame = Frames.At(0, new CameraName("garden", "0"));
        await Until.TrueAsync(() => Task.FromResult(!quota.HasRoomFor(frame)));
        quota.Refused(frame);
        Assert.Equal([new FullNode("garden", Megabyte)], quota.Full);
        File.Delete(old);
        time.Passed = TimeSpan.FromSeconds(59);
        quota.Refused(frame);
        Assert.Single(quota.Full);
        Assert.False(quota.HasRoomFor(frame));
        time.Passed = TimeSpan.FromSeconds(61);
        await Until.TrueAsync(() => Task.FromResult(quota.Full.Length == 0));      // who looks at the status is enough
        Assert.True(quota.HasRoomFor(frame));
    }

    [Fact]
    public async Task Files_are_counted_by_the_blocks_that_they_take()
    {
        Fill("garden", 4097);
        var quota = new NodeQuota(folder.FullName, 3 * 4096 - 1, new Clock(), NullLogger<NodeQuota>.Instance);
        using var frame = Frames.At(0, new CameraName("garden", "0"));
        await Until.TrueAsync(() => Task.FromResult(!quota.HasRoomFor(frame)));
    }

    [Fact]
    public void A_quota_below_nothing_is_refused() =>
        Assert.Contains("NodeMegabytes is -1; 0, which is no limit, or more is needed", Assert.Throws<FormatException>(() => new FrameLimits { NodeMegabytes = -1 }.Check()).Message, StringComparison.Ordinal);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
