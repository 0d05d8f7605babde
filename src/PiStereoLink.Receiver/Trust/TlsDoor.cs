using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>A connection whose other end is a paired node.</summary>
/// <param name="Stream">What it says, decrypted; the owner disposes it, and what lies under it.</param>
/// <param name="Node">Who it is.</param>
public sealed record PairedPeer(SslStream Stream, PairedNode Node);

/// <summary>
/// The door of the TLS port. In comes who has the key of a paired node; who has a token is paired and comes back; everybody else stays out, and
/// nothing is read or kept for them but the handshake, which has a time limit.
/// </summary>
public sealed partial class TlsDoor(TrustOptions options, PairedNodes nodes, JoinDesk desk, TimeProvider time, ILogger<TlsDoor> logger)
{
    // .NET keeps what it has prepared for OpenSSL with these; they are made once.
    private readonly Lazy<SslServerAuthenticationOptions> tls = new(() => PinnedTls.Server(ReceiverKey.In(options.StateFolder), key => nodes.Find(key) is not null, joins: true));

    /// <summary>Makes the key if there is none, so that what is wrong with it is said at the start.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public void Prepare() => _ = tls.Value;

    /// <summary>Lets a paired node in; null for anybody else, which has been logged. Then the caller closes the connection.</summary>
    /// <param name="connection">The connection as it was accepted; the result reads and writes it, and disposes it.</param>
    /// <param name="peer">Who that is, for the log.</param>
    /// <param name="stopping">The receiver stops.</param>
    public async Task<PairedPeer?> AuthenticateAsync(Stream connection, string peer, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(options.HandshakeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        var stream = new SslStream(connection);
        try
        {
            await stream.AuthenticateAsServerAsync(tls.Value, either.Token);
            if (Known(stream) is { } node)
                return new PairedPeer(stream, node);
            await JoinAsync(stream, peer, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.Late(logger, peer, options.HandshakeLimit.TotalSeconds);
        }
        catch (OperationCanceledException)
        {
            // The receiver stops.
        }
        catch (Exception e) when (e is AuthenticationException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Log.Refused(logger, peer, KeyOf(stream) is { } key ? $"{e.Message} Its key is {key}." : e.Message);
        }
        await stream.DisposeAsync();
        return null;
    }

    /// <summary>The node behind a handshake that is through; null for one that comes to join.</summary>
    /// <exception cref="AuthenticationException">It was revoked in this moment, or speaks something else.</exception>
    private PairedNode? Known(SslStream stream)
    {
        if (stream.NegotiatedApplicationProtocol == PinnedTls.JoinProtocol)
            return null;
        PinnedTls.Require(stream);
        return nodes.Find(KeyOf(stream)!.Value) ?? throw new AuthenticationException("It was revoked.");
    }

    private async Task JoinAsync(SslStream stream, string peer, CancellationToken cancellationToken)
    {
        var key = KeyOf(stream)!.Value;
        var refused = JoinLine.TryReadRequest(await JoinLine.ReadAsync(stream, cancellationToken), out var secret, out var node)
            ? Join(secret, node, key)
            : JoinRefusal.BadRequest;
        if (refused is null)
            Log.Joined(logger, peer, node, key);
        else
            Log.NotJoined(logger, peer, refused, key);
        await stream.WriteAsync(JoinLine.Answer(node, refused), cancellationToken);
        await stream.ShutdownAsync();
    }

    private string? Join(string secret, string node, Pin key)
    {
        try
        {
            return desk.Join(secret, node, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, e.Message);
            return JoinRefusal.Failed;
        }
    }

    private static Pin? KeyOf(SslStream stream) => stream.RemoteCertificate is X509Certificate2 shown ? Pin.Of(shown) : null;

    private static partial class Log
    {
        [LoggerMessage(61, LogLevel.Information, "{Peer} joined with a token: node {Node} is paired now, its key is {Key}.")]
        public static partial void Joined(ILogger logger, string peer, string node, Pin key);

        [LoggerMessage(62, LogLevel.Warning, "{Peer} came with a token and was refused ({Why}). Its key is {Key}.")]
        public static partial void NotJoined(ILogger logger, string peer, string why, Pin key);

        [LoggerMessage(63, LogLevel.Warning, "{Peer} was not let in at the TLS port: {Why}")]
        public static partial void Refused(ILogger logger, string peer, string why);

        [LoggerMessage(64, LogLevel.Warning, "{Peer} was not let in at the TLS port: it did not show a key within {Seconds:0.#} s.")]
        public static partial void Late(ILogger logger, string peer, double seconds);

        [LoggerMessage(65, LogLevel.Error, "A node with a good token could not be paired: {Message} Is the state folder writable?")]
        public static partial void NotWritten(ILogger logger, string message);
    }
}
