using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Trust;

/// <summary>Both ends over a real socket. What an agent sends counts as received only when the receiver's handshake is through.</summary>
public sealed class PinnedTlsTests : IDisposable
{
    private static readonly byte[] Message = "a frame"u8.ToArray();
    private readonly X509Certificate2 receiver = Made(-1, 1), agent = Made(-1, 1), stranger = Made(-1, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        receiver.Dispose();
        agent.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task Ends_that_know_each_other_talk() =>
        Assert.Equal(Message, await ExchangeAsync(PinnedTls.Client(agent, Pin.Of(receiver))));

    [Fact]
    public async Task An_agent_that_is_not_known_is_not_heard() =>
        Assert.Null(await ExchangeAsync(PinnedTls.Client(stranger, Pin.Of(receiver))));

    [Fact]
    public async Task An_agent_without_a_key_is_not_heard()
    {
        var options = PinnedTls.Client(agent, Pin.Of(receiver));
        options.ClientCertificates = null;
        options.LocalCertificateSelectionCallback = null;
        Assert.Null(await ExchangeAsync(options));
    }

    [Fact]
    public async Task An_agent_sends_nothing_to_a_receiver_that_it_does_not_know()
    {
        var options = PinnedTls.Client(agent, Pin.Of(stranger));
        await Assert.ThrowsAsync<AuthenticationException>(() => ExchangeAsync(options, mustConnect: true));
    }

    [Fact]
    public async Task One_that_is_revoked_is_out_at_its_next_connection()
    {
        var known = new HashSet<Pin> { Pin.Of(agent) };
        var server = PinnedTls.Server(PinnedTls.Ready(receiver), known.Contains);
        Assert.Equal(Message, await ExchangeAsync(PinnedTls.Client(agent, Pin.Of(receiver)), server));
        known.Clear();
        Assert.Null(await ExchangeAsync(PinnedTls.Client(agent, Pin.Of(receiver)), server));
    }

    [Theory]
    [InlineData(-20, -10)]      // expired
    [InlineData(10, 20)]        // not valid yet: a Pi that booted in the past
    public async Task Dates_do_not_count(int fromYears, int toYears)
    {
        using var dated = Made(fromYears, toYears);
        var server = PinnedTls.Server(PinnedTls.Ready(dated), pin => pin == Pin.Of(dated));
        Assert.Equal(Message, await ExchangeAsync(PinnedTls.Client(dated, Pin.Of(dated)), server));
    }

    [Fact]
    public async Task Another_protocol_inside_or_none_is_not_ours()
    {
        var options = PinnedTls.Client(agent, Pin.Of(receiver));
        options.ApplicationProtocols = null;
        Assert.Null(await ExchangeAsync(options));
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        Assert.Null(await ExchangeAsync(options));
    }

    [Fact]
    public async Task Nobody_without_TLS_is_heard()
    {
        var (accepted, client) = await ConnectAsync();
        using (client)
        {
            var hearing = HearAsync(accepted, PinnedTls.Server(PinnedTls.Ready(receiver), _ => true));
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), Token);
            Assert.Null(await hearing);
        }
    }

    /// <summary>What the receiver heard; null when it did not let the agent in.</summary>
    private async Task<byte[]?> ExchangeAsync(SslClientAuthenticationOptions client, SslServerAuthenticationOptions? server = null, bool mustConnect = false)
    {
        var (accepted, connection) = await ConnectAsync();
        using (connection)
        {
            var hearing = HearAsync(accepted, server ?? PinnedTls.Server(PinnedTls.Ready(receiver), pin => pin == Pin.Of(agent)));
            try
            {
                await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: true);
                await stream.AuthenticateAsClientAsync(client, Token);
                await stream.WriteAsync(Message, Token);
                await stream.ShutdownAsync();
            }
            catch (Exception e) when (!mustConnect && e is AuthenticationException or IOException)
            {
                // Refused: what counts is what the receiver heard.
            }
            connection.Client.Shutdown(SocketShutdown.Send);
            return await hearing;
        }
    }

    private static async Task<byte[]?> HearAsync(TcpClient connection, SslServerAuthenticationOptions options)
    {
        using (connection)
        {
            try
            {
                await using var stream = new SslStream(connection.GetStream());
                await stream.AuthenticateAsServerAsync(options, Token);
                PinnedTls.Require(stream);
                var heard = new MemoryStream();
                await stream.CopyToAsync(heard, Token);
                return heard.ToArray();
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                return null;
            }
        }
    }

    private static async Task<(TcpClient Accepted, TcpClient Client)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Token);
        return (await listener.AcceptTcpClientAsync(Token), client);
    }

    private static X509Certificate2 Made(int fromYears, int toYears)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(fromYears), DateTimeOffset.UtcNow.AddYears(toYears));
    }
}
