using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Tests;

public sealed class FaultProxyTests : IDisposable
{
    private static readonly byte[] Answer = [.. "answer"u8];

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] sent = new byte[100_000];

    public FaultProxyTests()
    {
        new Random(1).NextBytes(sent);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => listener.Dispose();

    private FaultProxy Proxy(LinkFault fault) => new((IPEndPoint)listener.LocalEndPoint!, _ => fault);

    /// <summary>Takes one connection, reads to its end, answers, closes; what came, and whether it ended in order.</summary>
    private async Task<(byte[] Bytes, bool InOrder)> ServeAsync()
    {
        using var socket = await listener.AcceptAsync(Token);
        var read = await ReadAsync(socket);
        if (read.InOrder)
            await socket.SendAsync(Answer, Token);
        return read;
    }

    private static async Task<(byte[] Bytes, bool InOrder)> ReadAsync(Socket socket)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            while (await socket.ReceiveAsync(buffer, Token) is > 0 and var count)
                bytes.Write(buffer, 0, count);
            return (bytes.ToArray(), true);
        }
        catch (SocketException)
        {
            return (bytes.ToArray(), false);
        }
    }

    private static async Task<Socket> ConnectAsync(FaultProxy proxy)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(proxy.EndPoint, Token);
        return socket;
    }

    /// <summary>Sends all and reads to the end, through a proxy with this fault.</summary>
    private async Task<((byte[] Bytes, bool InOrder) Server, (byte[] Bytes, bool InOrder) Client)> ExchangeAsync(LinkFault fault)
    {
        await using var proxy = Proxy(fault);
        var serving = ServeAsync();
        using var client = await ConnectAsync(proxy);
        try
        {
            await client.SendAsync(sent, Token);
            client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The fault was quicker.
        }
        var back = await ReadAsync(client);
        var came = await serving;
        Assert.Equal((1, fault.Kind == LinkFaultKind.None ? 0 : 1), (proxy.Accepted, proxy.Struck));
        return (came, back);
    }

    private static void IsWhole(byte[] sent, ((byte[] Bytes, bool InOrder) Server, (byte[] Bytes, bool InOrder) Client) outcome)
    {
        Assert.Equal(sent, outcome.Server.Bytes);
        Assert.Equal(Answer, outcome.Client.Bytes);
        Assert.True(outcome.Server.InOrder && outcome.Client.InOrder);
    }

    [Fact]
    public async Task Without_a_fault_all_goes_through_and_both_ends_end_in_order() => IsWhole(sent, await ExchangeAsync(new LinkFault()));

    [Fact]
    public async Task Byte_by_byte_all_goes_through() => IsWhole(sent, await ExchangeAsync(new LinkFault { ByteByByte = true }));

    [Fact]
    public async Task A_stall_holds_bytes_up_and_loses_none()
    {
        var start = Stopwatch.GetTimestamp();
        IsWhole(sent, await ExchangeAsync(new LinkFault(LinkFaultKind.Stall) { AfterBytes = 40_000, For = TimeSpan.FromMilliseconds(300) }));
        Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 299);
    }

    [Theory]
    [InlineData(150, 20)]
    [InlineData(20, 150)]
    public async Task Either_way_has_a_delay_of_its_own(int there, int back)
    {
        await using var proxy = Proxy(new LinkFault { DelayThere = TimeSpan.FromMilliseconds(there), DelayBack = TimeSpan.FromMilliseconds(back) });
        using var client = await ConnectAsync(proxy);
        using var server = await listener.AcceptAsync(Token);
        var start = Stopwatch.GetTimestamp();
        await client.SendAsync(Answer, Token);
        await server.ReceiveAsync(new byte[6], Token);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= there - 1);
        start = Stopwatch.GetTimestamp();
        await server.SendAsync(Answer, Token);
        await client.ReceiveAsync(new byte[6], Token);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= back - 1);
    }

    [Fact]
    public async Task A_reset_cuts_both_ends()
    {
        var (server, client) = await ExchangeAsync(new LinkFault(LinkFaultKind.Reset) { AfterBytes = 40_000 });
        Assert.True(!server.InOrder && !client.InOrder);
        Assert.Equal(sent[..server.Bytes.Length], server.Bytes);
        Assert.InRange(server.Bytes.Length, 0, 40_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40_001)]
    public async Task A_close_ends_the_stream_after_so_many_bytes(int bytes)
    {
        var (server, client) = await ExchangeAsync(new LinkFault(LinkFaultKind.Close) { AfterBytes = bytes });
        Assert.Equal(sent[..bytes], server.Bytes);
        Assert.True(server.InOrder);
        Assert.Empty(client.Bytes);
    }

    [Fact]
    public async Task Half_closed_the_target_still_answers()
    {
        var (server, client) = await ExchangeAsync(new LinkFault(LinkFaultKind.HalfClose) { AfterBytes = 12_345 });
        Assert.Equal(sent[..12_345], server.Bytes);
        Assert.Equal(Answer, client.Bytes);
    }

    [Fact]
    public async Task A_silent_connection_is_taken_and_says_nothing()
    {
        var serving = ServeAsync();
        await using var proxy = Proxy(new LinkFault(LinkFaultKind.Silence));
        using var client = await ConnectAsync(proxy);
        await client.SendAsync(sent.AsMemory(0, 100), Token);
        await Until.TrueAsync(() => Task.FromResult(proxy.Struck == 1));
        var reading = ReadAsync(client);
        Assert.False(serving.IsCompleted || reading.IsCompleted);
        proxy.CutAll();
        Assert.Empty((await serving).Bytes);
        Assert.Empty((await reading).Bytes);
    }

    [Fact]
    public async Task Refused_for_a_while_and_then_taken_again_at_the_same_port()
    {
        await using var proxy = Proxy(new LinkFault());
        await proxy.RefuseAsync();
        var refused = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(proxy));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        proxy.Listen();
        using var client = await ConnectAsync(proxy);
        using var server = await listener.AcceptAsync(Token);
        Assert.True(client.Connected);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults()
    {
        async Task<List<long>> DrawnAsync(int seed)
        {
            var drawn = new List<long>();
            await using var proxy = new FaultProxy((IPEndPoint)listener.LocalEndPoint!, random =>
            {
                var fault = new LinkFault(LinkFaultKind.Reset) { AfterBytes = random.NextInt64(1, 1_000_000) };
                drawn.Add(fault.AfterBytes);
                return fault;
            }, seed);
            for (var i = 0; i < 5; i++)
            {
                using var client = await ConnectAsync(proxy);
                using var server = await listener.AcceptAsync(Token);
            }
            return drawn;
        }

        var first = await DrawnAsync(7);
        Assert.Equal(5, first.Count);
        Assert.Equal(first, await DrawnAsync(7));
        Assert.NotEqual(first, await DrawnAsync(8));
    }
}
