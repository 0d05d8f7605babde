using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>What an acknowledgement means: the frame is on disk, once, whole, under its name.</summary>
public sealed class AckedFrameTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-acks-");

    public void Dispose() => folder.Delete(recursive: true);

    private string[] Stored() => [.. Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string FileOf(ulong sequence) =>
        Path.Combine(folder.FullName, "garden/0/2026-11-21", $"{new DateTime(2026, 11, 21, 8, 45, 12).AddSeconds(sequence):HHmmss}.000000Z-{AckPeer.Run:x8}-{sequence:d20}.jpg");

    [Fact]
    public async Task When_the_ack_is_read_the_file_is_there_whole_and_without_the_trailer()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        for (var sequence = 1ul; sequence <= 40; sequence++)
        {
            var before = Stamp.ToMicroseconds(DateTime.UtcNow);
            await peer.SendAsync(AckPeer.Picture(sequence, entropyBytes: (int)sequence * 1000), sequence);
            if (sequence == 1)
                await peer.HelloAsync();
            var ack = await peer.AckAsync(sequence);
            Assert.Equal(AckPeer.Picture(sequence, entropyBytes: (int)sequence * 1000), File.ReadAllBytes(FileOf(sequence)));
            Assert.InRange(ack.ArrivedAtMicroseconds, before, ack.WrittenAtMicroseconds);
            Assert.InRange(ack.WrittenAtMicroseconds, before, Stamp.ToMicroseconds(DateTime.UtcNow));
        }
        Assert.Equal(40, Stored().Length);
        var camera = await receiver.CameraAsync("garden/0");
        Assert.Equal((40, 0), (camera.GetProperty("acked").GetInt64(), camera.GetProperty("duplicates").GetInt64()));
        Assert.Contains("pistereolink_camera_acked_total{camera=\"garden/0\"} 40", await receiver.Web.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_end_all_acks_come_and_then_the_end()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        for (var sequence = 1ul; sequence <= 16; sequence++)
            await peer.SendAsync(AckPeer.Picture(sequence, entropyBytes: 60_000), sequence);
        var lines = await peer.EndAsync();
        Assert.Equal(ReceiverLineKind.Hello, lines[0].Kind);
        Assert.Equal(Enumerable.Range(1, 16).Select(n => AckPeer.Identity((ulong)n)), lines.Skip(1).Select(line => line.Identity));
        Assert.All(lines.Skip(1), line => Assert.Equal(ReceiverLineKind.Ack, line.Kind));
    }

    [Fact]
    public async Task A_receiver_that_stops_tells_what_it_has_and_ends_in_order()
    {
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            using var peer = await AckPeer.ConnectAsync(receiver);
            for (var sequence = 1ul; sequence <= 16; sequence++)
                await peer.SendAsync(AckPeer.Picture(sequence, entropyBytes: 60_000), sequence);
            await peer.HelloAsync();
            await receiver.StopAsync();
            var acked = (await peer.RestAsync()).Select(line => FileOf(line.Identity.Sequence)).Order(StringComparer.Ordinal);
            Assert.Equal(Stored(), acked);
        }
    }

    [Fact]
    public async Task A_frame_sent_again_is_acknowledged_again_and_kept_and_shown_once()
    {
        var picture = AckPeer.Picture(1);
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            using (var peer = await AckPeer.ConnectAsync(receiver))
            {
                await peer.SendAsync(picture, 1);
                await peer.SendAsync(picture, 1);
                await peer.HelloAsync();
                await peer.AckAsync(1);
                await peer.AckAsync(1);
            }
            using var again = await AckPeer.ConnectAsync(receiver);
            await again.SendAsync(picture, 1);
            await again.HelloAsync();
            await again.AckAsync(1);
            var camera = await receiver.CameraAsync("garden/0");
            Assert.Equal((1, 3, 2), (camera.GetProperty("frames").GetInt64(), camera.GetProperty("acked").GetInt64(), camera.GetProperty("duplicates").GetInt64()));
        }
        await using var restarted = await RunningReceiver.StartAsync(folder.FullName);
        using var later = await AckPeer.ConnectAsync(restarted);
        await later.SendAsync(picture, 1);
        await later.HelloAsync();
        await later.AckAsync(1);
        Assert.Equal(1, (await restarted.CameraAsync("garden/0")).GetProperty("duplicates").GetInt64());
        Assert.Equal([FileOf(1)], Stored());
    }

    [Fact]
    public async Task Another_picture_of_the_same_identity_is_kept_beside_the_first_with_a_warning()
    {
        byte[] first = AckPeer.Picture(1, entropyBytes: 100), second = AckPeer.Picture(1, entropyBytes: 101);
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        foreach (var picture in new[] { first, second, second, first })
            await peer.SendAsync(picture, 1);
        await peer.HelloAsync();
        for (var i = 0; i < 4; i++)
            await peer.AckAsync(1);
        var beside = FileOf(1).Replace(".jpg", $"-{Crc32C.Of(second):x8}.jpg", StringComparison.Ordinal);
        Assert.Equal([beside, FileOf(1)], Stored());
        Assert.Equal(first, File.ReadAllBytes(FileOf(1)));
        Assert.Equal(second, File.ReadAllBytes(beside));
        Assert.Single(receiver.LogLines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("came twice with different pictures", StringComparison.Ordinal));
        Assert.Equal(2, (await receiver.CameraAsync("garden/0")).GetProperty("duplicates").GetInt64());
    }

    [Fact]
    public async Task Askers_and_recipe_senders_side_by_side_each_get_their_own()
    {
        var jpegs = Enumerable.Range(1, 20).Select(i => Pictures.Skeleton(entropyBytes: i * 500)).ToArray();
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            var recipes = Task.WhenAll(Enumerable.Range(0, 15).Select(_ => receiver.ExchangeAsync([.. Pieces.Framed(jpegs), 0, 0, 0, 0])));
            var askers = Task.WhenAll(Enumerable.Range(0, 15).Select(async number =>
            {
                using var peer = await AckPeer.ConnectAsync(receiver);
                for (var sequence = 1ul; sequence <= 20; sequence++)
                {
                    await peer.SendAsync(AckPeer.Picture(sequence, (int)sequence * 500, $"garden/{number}"), sequence);
                    if (sequence == 1)
                        await peer.HelloAsync();
                    if (sequence > 8)
                        await peer.AckAsync(sequence - 8);
                }
                return await peer.EndAsync();
            }));
            Assert.All(await recipes, Assert.Empty);
            Assert.All(await askers, rest => Assert.Equal(Enumerable.Range(13, 8).Select(n => AckPeer.Identity((ulong)n)), rest.Select(line => line.Identity)));
        }
        Assert.Equal(2 * 15 * 20, Stored().Length);
    }
}
