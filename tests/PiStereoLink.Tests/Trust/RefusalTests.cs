using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Trust;

/// <summary>A thousand attempts to get in at the TLS port of a running receiver that has a paired node, by whoever may not.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const int Attempts = 1000, AtOnce = 8;

    private readonly X509Certificate2 stranger = Keys.Made();
    private PairingReceiver receiver = null!;
    private X509Certificate2 garden = null!, revoked = null!, joined = null!;
    private JoinToken used = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        receiver = await PairingReceiver.StartAsync();
        garden = receiver.Paired("garden");
        revoked = receiver.Paired("shed");
        joined = Keys.Made();
        used = receiver.Invite();
        Assert.Contains("joined", await TlsPeer.JoinAsync(receiver, joined, used.Secret, "porch"), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        foreach (var key in new[] { stranger, garden, revoked, joined })
            key.Dispose();
    }

    [Fact]
    public async Task Of_a_thousand_attempts_none_is_let_in()
    {
        // All the same things are let in when they are in order.
        Assert.True(await TlsPeer.IsHeardAsync(receiver, PinnedTls.Client(garden, receiver.Pin)));
        Assert.True(await TlsPeer.IsHeardAsync(receiver, PinnedTls.Client(revoked, receiver.Pin), "shed/0"));
        Assert.True(receiver.Nodes.Remove("shed"));

        Func<Task<bool>>[] kinds =
        [
            () => Heard(PinnedTls.Client(stranger, receiver.Pin)),
            () => Heard(PinnedTls.Client(revoked, receiver.Pin)),
            () => Heard(WithoutKey(PinnedTls.Protocol)),
            () => Heard(WithoutKey(PinnedTls.JoinProtocol)),
            () => Heard(Speaking(garden, null)),
            () => Heard(Speaking(garden, SslApplicationProtocol.Http2)),
            () => RawAsync(Hello11.Bytes(), answer => answer is [0x16, ..]),         // a server that agrees says hello
            () => RawAsync(Pieces.Framed(AckPeer.WithTrailer(AckPeer.Picture(1), 1, AckOptions.Offer)), answer => answer.Length > 0 && answer[0] == (byte)'{'),
            () => JoinsAsync(stranger, used.Secret, "window"),
            () => JoinsAsync(joined, used.Secret, "porch"),
            () => JoinsAsync(stranger, JoinToken.New("desk", receiver.Pin).Secret, "window"),
        ];
        var accepted = new int[kinds.Length];
        await Parallel.ForAsync(0, Attempts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (attempt, _) =>
        {
            if (await kinds[attempt % kinds.Length]())
                Interlocked.Increment(ref accepted[attempt % kinds.Length]);
        });

        Assert.All(accepted, count => Assert.Equal(0, count));
        Assert.Equal(["garden", "porch"], receiver.Nodes.All.Select(node => node.Node));
        Assert.Equal(["garden/0", "shed/0"], (await receiver.Running.StatusAsync()).GetProperty("cameras").EnumerateArray().Select(camera => camera.GetProperty("name").GetString()));
        Assert.All((await receiver.Running.StatusAsync()).GetProperty("cameras").EnumerateArray(), camera => Assert.Equal(1, camera.GetProperty("frames").GetInt64()));
    }

    private Task<bool> Heard(SslClientAuthenticationOptions options) => TlsPeer.IsHeardAsync(receiver, options);

    private SslClientAuthenticationOptions WithoutKey(SslApplicationProtocol protocol)
    {
        var options = PinnedTls.Client(garden, receiver.Pin, protocol);
        options.ClientCertificates = null;
        options.LocalCertificateSelectionCallback = null;
        return options;
    }

    private SslClientAuthenticationOptions Speaking(X509Certificate2 key, SslApplicationProtocol? protocol)
    {
        var options = PinnedTls.Client(key, receiver.Pin);
        options.ApplicationProtocols = protocol is { } one ? [one] : null;
        return options;
    }

    private async Task<bool> JoinsAsync(X509Certificate2 key, string secret, string node) =>
        await TlsPeer.JoinAsync(receiver, key, secret, node) is not { } answer || !answer.Contains("refused", StringComparison.Ordinal);

    private async Task<bool> RawAsync(byte[] bytes, Predicate<byte[]> isAccepted)
    {
        using var socket = await TlsPeer.DialAsync(receiver.Running.TlsPort!);
        var answer = new byte[64];
        try
        {
            await socket.SendAsync(bytes, Token);
            socket.Shutdown(SocketShutdown.Send);
            return isAccepted(answer[..await socket.ReceiveAsync(answer, Token)]);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
