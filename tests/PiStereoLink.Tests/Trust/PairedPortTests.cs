using System.Diagnostics;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Trust;

/// <summary>Who is let in at which port, and for how long.</summary>
public sealed class PairedPortTests : IAsyncLifetime
{
    private PairingReceiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await PairingReceiver.StartAsync();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Theory]
    [InlineData(-20, -10)]      // expired
    [InlineData(10, 20)]        // not valid yet
    public async Task Dates_of_a_paired_key_do_not_count(int fromYears, int toYears)
    {
        using var key = receiver.Paired("garden", fromYears, toYears);
        using var peer = await TlsPeer.ConnectAsync(receiver, key);
        await peer.SendAsync();
        Assert.Contains("\"hello\":1", await peer.LineAsync(), StringComparison.Ordinal);
        Assert.Contains($"\"ack\":\"{AckPeer.Identity(1)}\"", await peer.LineAsync(), StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(receiver.Store, "*.jpg", SearchOption.AllDirectories));
        Assert.Equal("TLS", (await receiver.Running.CameraAsync("garden/0")).GetProperty("protection").GetString());
    }

    [Fact]
    public async Task A_revoked_node_is_cut_off_and_does_not_come_back()
    {
        using var key = receiver.Paired("garden");
        using var other = receiver.Paired("shed");
        using var peer = await TlsPeer.ConnectAsync(receiver, key);
        using var stays = await TlsPeer.ConnectAsync(receiver, other);
        await peer.SendAsync();
        await peer.LineAsync();
        await peer.LineAsync();
        Assert.True(await stays.IsHeardAsync("shed/0"));

        var revoked = Stopwatch.GetTimestamp();
        Assert.True(receiver.Nodes.Remove("garden"));
        Assert.Null(await peer.LineAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"cut off after {Stopwatch.GetElapsedTime(revoked).TotalMilliseconds:0} ms");
        await Until.TrueAsync(() => Task.FromResult(receiver.Running.LogLines.Any(line => line.Contains("dropped: its key was revoked", StringComparison.Ordinal))));
        for (var attempt = 0; attempt < 10; attempt++)
            Assert.False(await TlsPeer.IsHeardAsync(receiver, PinnedTls.Client(key, receiver.Pin)));
        await stays.SendAsync(2, "shed/0");
        Assert.NotNull(await stays.LineAsync());
        Assert.Contains(receiver.Running.LogLines, line => line.Contains("No node is paired with its key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_TLS_a_node_has_the_name_of_its_key_and_no_other()
    {
        using var key = receiver.Paired("garden");
        using var peer = await TlsPeer.ConnectAsync(receiver, key);
        await peer.SendAsync(camera: "shed/0");
        await EndsWithoutAckAsync(peer);
        Assert.Contains(receiver.Running.LogLines, line => line.Contains("its key is paired as garden, and its frames say shed", StringComparison.Ordinal));
        using var bare = await TlsPeer.ConnectAsync(receiver, key);
        await bare.SendBareAsync(Pieces.Framed(Pictures.Skeleton()));
        await EndsWithoutAckAsync(bare);
        Assert.Empty((await receiver.Running.StatusAsync()).GetProperty("cameras").EnumerateArray());
    }

    [Fact]
    public async Task On_the_plain_port_a_paired_nodes_name_is_refused_and_others_are_not()
    {
        using var key = receiver.Paired("garden");
        using var impostor = await AckPeer.ConnectAsync(receiver.Running);
        await impostor.SendAsync(AckPeer.Picture(1), 1);
        await impostor.HelloAsync();
        Assert.Null(await EndOf(impostor));
        Assert.Contains(receiver.Running.LogLines, line => line.Contains("garden is a paired node, which comes over TLS only", StringComparison.Ordinal));
        Assert.Empty((await receiver.Running.StatusAsync()).GetProperty("cameras").EnumerateArray());

        using var shed = await AckPeer.ConnectAsync(receiver.Running);
        await shed.SendAsync(AckPeer.Picture(1, camera: "shed/0"), 1);
        await shed.HelloAsync();
        await shed.AckAsync(1);
        Assert.Equal("unencrypted", (await receiver.Running.CameraAsync("shed/0")).GetProperty("protection").GetString());
    }

    [Fact]
    public async Task A_plain_connection_ends_when_its_name_is_paired()
    {
        using var peer = await AckPeer.ConnectAsync(receiver.Running);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.HelloAsync();
        await peer.AckAsync(1);
        using var key = receiver.Paired("garden");
        Assert.Null(await EndOf(peer));
    }

    [Fact]
    public async Task The_status_says_which_port_is_unencrypted()
    {
        using var key = receiver.Paired("garden");
        var status = await receiver.Running.StatusAsync();
        Assert.Equal((receiver.Running.FramePort.ToString(), "unencrypted"), Port(status.GetProperty("plain")));
        Assert.Equal((receiver.Running.TlsPort!.ToString(), "TLS, paired nodes only"), Port(status.GetProperty("tls")));
        Assert.Equal(1, status.GetProperty("pairedNodes").GetInt32());

        static (string?, string?) Port(System.Text.Json.JsonElement port) => (port.GetProperty("address").GetString(), port.GetProperty("protection").GetString());
    }

    [Fact]
    public async Task Without_a_plain_port_frames_come_by_TLS_only()
    {
        await using var running = await RunningReceiver.StartAsync(new ReceiverSettings { Listen = "off", Tls = "127.0.0.1:0", Web = "127.0.0.1:0", State = receiver.State });
        var status = await running.StatusAsync();
        Assert.Equal((System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Null), (status.GetProperty("plain").ValueKind, status.GetProperty("framePort").ValueKind));
        Assert.NotNull(running.TlsPort);
        Assert.Contains("no way in", Assert.Throws<FormatException>(() => new ReceiverSettings { Listen = "off", Tls = "off" }.Trust()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TLS_port_that_is_taken_is_said_where_it_was_asked_for()
    {
        var taken = receiver.Running.TlsPort!.ToString();
        var said = await Assert.ThrowsAsync<IOException>(() => RunningReceiver.StartAsync(new ReceiverSettings { Listen = "127.0.0.1:0", Tls = taken, Web = "127.0.0.1:0", State = receiver.State }));
        Assert.Contains($"{taken} is taken by another program", said.Message, StringComparison.Ordinal);
    }

    private static async Task EndsWithoutAckAsync(TlsPeer peer)
    {
        while (await peer.LineAsync() is { } line)
            Assert.DoesNotContain("ack", line, StringComparison.Ordinal);
    }

    /// <summary>Null: the connection ends, in order or reset.</summary>
    private static async Task<ReceiverLine?> EndOf(AckPeer peer)
    {
        try
        {
            return await peer.ReadAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
