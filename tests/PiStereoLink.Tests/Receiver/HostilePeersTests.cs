using System.Net.Sockets;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Peers that stall, declare, flood and hold places: they lose theirs, and the others keep their frames.</summary>
public class HostilePeersTests
{
    private static readonly byte[] Good = Pictures.Skeleton();
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<RunningReceiver> StartAsync(FrameLimits limits) => RunningReceiver.StartAsync(new ReceiverSettings { Limits = limits });

    private static Task SaidAsync(RunningReceiver receiver, string what, int times = 1) =>
        Until.TrueAsync(() => Task.FromResult(receiver.LogLines.Count(line => line.Contains(what, StringComparison.Ordinal)) >= times));

    private static async Task<long> FramesAsync(RunningReceiver receiver, string camera) => (await receiver.StatusAsync()).GetProperty("cameras").EnumerateArray()
        .Where(one => one.GetProperty("name").GetString() == camera).Select(one => one.GetProperty("frames").GetInt64()).FirstOrDefault();

    /// <summary>Nothing more to read means that the receiver has closed, in order or by a reset.</summary>
    private static async Task ClosedAsync(Socket socket)
    {
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Token));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The usual way for who is dropped.
        }
    }

    /// <summary>The reset may be here before the connection is known to be made.</summary>
    private static async Task RefusedAsync(RunningReceiver receiver, string from)
    {
        try
        {
            using var refused = await receiver.ConnectAsync(from);
            await ClosedAsync(refused);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // As it should be.
        }
    }

    [Fact]
    public async Task Who_sends_no_first_frame_is_dropped_and_who_has_sent_one_may_be_silent()
    {
        await using var receiver = await StartAsync(new FrameLimits { FirstFrame = TimeSpan.FromSeconds(2), BodyTime = TimeSpan.FromSeconds(1) });
        using var silent = await receiver.ConnectAsync("127.0.0.2");
        using var timelapse = await receiver.ConnectAsync("127.0.0.3");
        await timelapse.SendAsync(Pieces.Framed(Good), Token);
        await ClosedAsync(silent);
        await SaidAsync(receiver, "dropped: no frame came within 2 s of connecting");
        // Between its frames it has been silent for longer than any limit.
        await timelapse.SendAsync(Pieces.Framed(Good), Token);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-3/0") == 2);
    }

    [Fact]
    public async Task A_frame_that_trickles_is_dropped_and_counted()
    {
        await using var receiver = await StartAsync(new FrameLimits { BodyTime = TimeSpan.FromSeconds(1), MinBytesPerSecond = 1000 });
        using var socket = await receiver.ConnectAsync("127.0.0.2");
        await socket.SendAsync((byte[])[.. Pieces.Framed(Good), .. Pieces.Framed(Good).AsSpan(0, 20)], Token);
        await ClosedAsync(socket);
        await SaidAsync(receiver, "dropped: within a frame only 0 bytes came in");
        Assert.Equal(1, await FramesAsync(receiver, "legacy-127-0-0-2/0"));
    }

    [Fact]
    public async Task One_address_cannot_take_all_places_and_a_flood_of_refusals_is_one_line()
    {
        await using var receiver = await StartAsync(new FrameLimits { MaxConnectionsPerAddress = 3 });
        var sockets = new List<Socket>();
        for (var i = 0; i < 3; i++)
        {
            sockets.Add(await receiver.ConnectAsync("127.0.0.2"));
            await sockets[i].SendAsync(Pieces.Framed(Good), Token);
        }
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength() == 3);
        for (var i = 0; i < 30; i++)
            await RefusedAsync(receiver, "127.0.0.2");
        Assert.Single(receiver.LogLines, line => line.Contains("refused: there are 3 connections from one address already", StringComparison.Ordinal));
        using var other = await receiver.ConnectAsync("127.0.0.4");
        await other.SendAsync(Pieces.Framed(Good), Token);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-4/0") == 1);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task When_all_places_are_taken_who_has_sent_nothing_gives_way_and_who_has_sent_stays()
    {
        await using var receiver = await StartAsync(new FrameLimits { MaxConnections = 2 });
        using var good = await receiver.ConnectAsync("127.0.0.2");
        await good.SendAsync(Pieces.Framed(Good), Token);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-2/0") == 1);
        using var idle = await receiver.ConnectAsync("127.0.0.3");
        using var late = await receiver.ConnectAsync("127.0.0.4");
        await late.SendAsync(Pieces.Framed(Good), Token);
        await ClosedAsync(idle);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-4/0") == 1);
        await RefusedAsync(receiver, "127.0.0.5");
        await SaidAsync(receiver, "refused: there are 2 connections already");
        await good.SendAsync(Pieces.Framed(Good), Token);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-2/0") == 2);
    }

    [Fact]
    public async Task Large_frames_that_stall_give_their_memory_back_to_one_that_comes()
    {
        await using var receiver = await StartAsync(new FrameLimits { FrameMegabytes = 1, StallWhenFull = TimeSpan.FromSeconds(1), MemoryWait = TimeSpan.FromSeconds(20) });
        var large = Pictures.Skeleton(entropyBytes: 3_000_000);
        using var stalled = await receiver.ConnectAsync("127.0.0.2");
        // One frame that is larger than all that may be held goes on alone; it is its stop that ends it.
        var sending = stalled.SendAsync(Pieces.Framed(large).AsMemory(0, 2_500_000), Token).AsTask();
        using var good = await receiver.ConnectAsync("127.0.0.3");
        await good.SendAsync(Pieces.Framed(large), Token);
        await Until.TrueAsync(async () => await FramesAsync(receiver, "legacy-127-0-0-3/0") == 1);
        await SaidAsync(receiver, "dropped: it stopped within a frame while frames under way hold more than 1 MB");
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Peers_in_the_middle_of_a_picture_of_the_usual_size_are_not_what_memory_is_short_of()
    {
        await using var receiver = await StartAsync(new FrameLimits { FrameMegabytes = 1, StallWhenFull = TimeSpan.FromSeconds(0.5), FirstFrame = TimeSpan.FromSeconds(4) });
        var framed = Pieces.Framed(Pictures.Skeleton(entropyBytes: 50_000));
        var peers = new List<Socket>();
        for (var i = 0; i < 40; i++)
        {
            peers.Add(await receiver.ConnectAsync($"127.0.3.{i + 1}"));
            await peers[i].SendAsync((byte[])[.. framed, .. framed[..^1000]], Token);
        }
        // All of them are looked at each second until this one is dropped.
        using var silent = await receiver.ConnectAsync("127.0.0.2");
        await ClosedAsync(silent);
        for (var i = 0; i < peers.Count; i++)
        {
            await peers[i].SendAsync(framed.AsMemory(framed.Length - 1000), Token);
            await Until.TrueAsync(async () => await FramesAsync(receiver, $"legacy-127-0-3-{i + 1}/0") == 2);
        }
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Pictures_that_nobody_looks_at_are_kept_while_there_is_room_and_of_who_is_looked_at_in_any_case()
    {
        await using var receiver = await StartAsync(new FrameLimits { KeptMegabytes = 1 });
        var large = Pictures.Skeleton(entropyBytes: 700_000);
        using var first = await receiver.ConnectAsync("127.0.0.2");
        using var second = await receiver.ConnectAsync("127.0.0.3");
        // A camera's new picture takes the place of its last one: twice 0.7 MB is not 1.4 MB of one camera, but of two it is.
        await ShownAsync(first, "legacy-127-0-0-2", 1);
        await ShownAsync(first, "legacy-127-0-0-2", 2);
        await ShownAsync(second, "legacy-127-0-0-3", 1);
        using var kept = await SnapshotAsync("legacy-127-0-0-2");
        Assert.Equal(large, await kept.Content.ReadAsByteArrayAsync(Token));
        using var dropped = await SnapshotAsync("legacy-127-0-0-3");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, dropped.StatusCode);
        Assert.Contains("was not kept", await dropped.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        // It has been asked for now. Asking counts as looking for two seconds, and a slow machine may take longer than that to take a picture.
        await Until.TrueAsync(async () =>
        {
            await second.SendAsync(Pieces.Framed(large), Token);
            using var answer = await SnapshotAsync("legacy-127-0-0-3");
            return answer.IsSuccessStatusCode;
        });
        using var asked = await SnapshotAsync("legacy-127-0-0-3");
        Assert.Equal(large, await asked.Content.ReadAsByteArrayAsync(Token));

        Task<HttpResponseMessage> SnapshotAsync(string node) => receiver.Web.GetAsync($"/cameras/{node}/0/snapshot.jpg", Token);

        async Task ShownAsync(Socket from, string node, int frames)
        {
            await from.SendAsync(Pieces.Framed(large), Token);
            await Until.TrueAsync(async () => await FramesAsync(receiver, $"{node}/0") == frames);
        }
    }

    [Fact]
    public async Task Stalled_peers_beside_good_streams_cost_those_no_frame()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        var stalled = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            stalled.Add(await receiver.ConnectAsync($"127.0.1.{i + 1}"));
            // Some say nothing, some declare 32 MiB, some stop within a picture.
            await stalled[i].SendAsync((i % 3) switch { 0 => [], 1 => Convert.FromHexString("00000002FFD8"), _ => Pieces.Framed(Good)[..^1] }, Token);
        }
        const int frames = 200;
        var session = (byte[])[.. Pieces.Framed([.. Enumerable.Repeat(Good, frames)]), 0, 0, 0, 0];
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => receiver.ExchangeAsync(session, $"127.0.2.{i}")));
        Assert.All(answers, Assert.Empty);
        for (var i = 1; i <= 8; i++)
            Assert.Equal(frames, await FramesAsync(receiver, $"legacy-127-0-2-{i}/0"));
        stalled.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Frames_before_a_fault_in_the_same_read_are_kept()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        await receiver.ExchangeAsync([.. Pieces.Framed(Good, Good), 0xFF, 0xFF, 0xFF, 0xFF], "127.0.0.2");
        Assert.Equal(2, await FramesAsync(receiver, "legacy-127-0-0-2/0"));
        await SaidAsync(receiver, "Frame length 4294967295 is outside");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        var e = await Assert.ThrowsAsync<IOException>(() => RunningReceiver.StartAsync(new ReceiverSettings { Listen = $"{receiver.FramePort}" }));
        Assert.Equal($"{receiver.FramePort} is taken by another program. Stop that one, or choose another port with --listen 127.0.0.1:PORT.", e.Message);
    }

    [Fact]
    public async Task Both_kinds_of_address_come_in_where_both_are_listened_on()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var receiver = await RunningReceiver.StartAsync(new ReceiverSettings { Listen = "[::]:0" });
        foreach (var address in new[] { System.Net.IPAddress.Loopback, System.Net.IPAddress.IPv6Loopback })
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, receiver.FramePort.Port, Token);
            await socket.SendAsync((byte[])[.. Pieces.Framed(Good), 0, 0, 0, 0], Token);
            await ClosedAsync(socket);
        }
        Assert.Equal(1, await FramesAsync(receiver, "legacy-127-0-0-1/0"));
        Assert.Equal(2, (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength());
    }
}
