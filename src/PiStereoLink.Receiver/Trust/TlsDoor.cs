using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>
/// The door of the TLS port. In comes who has the key of a paired node; who has a token is paired and comes back; everybody else stays out, and
/// nothing is read or kept for them but the handshake, which has a time limit.
/// </summary>
public sealed partial class TlsDoor(TrustOptions options, PairedNodes nodes, JoinDesk desk, TimeProvider time, ILogger<TlsDoor> logger)
{
    private readonly ILogger logger = new BoundedLog(logger, time);
    private readonly Lazy<SslStreamCertificateContext> own = new(() => PinnedTls.Ready(ReceiverKey.In(options.StateFolder)));

    /// <summary>Makes the key if there is none, so that what is wrong with it is said at the start.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public void Prepare() => _ = own.Value;

    /// <summary>Lets a paired node in; null for anybody else, which has been logged. Then the caller closes the connection.</summary>
    /// <param name="stream">The connection as it was accepted; nothing has been read from it.</param>
    /// <param name="peer">Who that is, for the log.</param>
    /// <param name="stopping">The receiver stops.</param>
    public async Task<PairedNode?> AuthenticateAsync(SslStream stream, string peer, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(options.HandshakeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        var visitor = new Visitor();
        try
        {
            await stream.AuthenticateAsServerAsync(For(visitor), either.Token);
            if (stream.NegotiatedApplicationProtocol == PinnedTls.JoinProtocol)
                await JoinAsync(stream, peer, visitor.Key!.Value, either.Token);
            else
            {
                PinnedTls.Require(stream);
                if (nodes.Find(visitor.Key!.Value) is { } node)
                    return node;
                Log.Refused(logger, peer, $"Its key, {visitor.Key}, was revoked in this moment.");
            }
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
            Log.Refused(logger, peer, Describe(visitor, e));
        }
        return null;
    }

    /// <summary>The settings of one handshake. After one that fails the stream itself tells nothing any more.</summary>
    private SslServerAuthenticationOptions For(Visitor visitor)
    {
        var tls = PinnedTls.Server(own.Value, key => nodes.Find(key) is not null, joins: true);
        var mayEnter = tls.RemoteCertificateValidationCallback!;
        tls.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            visitor.SpeaksTls = true;
            visitor.Key = certificate is X509Certificate2 shown ? Pin.Of(shown) : null;
            return mayEnter(sender, certificate, chain, errors);
        };
        return tls;
    }

    private string Describe(Visitor visitor, Exception cause) => visitor switch
    {
        { SpeaksTls: false } => $"It does not speak our TLS: {ForeignText.Shown((cause.InnerException ?? cause).Message)}",
        { Key: null } => "It has shown no key.",
        { Key: { } key } when cause is AuthenticationException && nodes.Find(key) is null => $"No node is paired with its key, {key}: it was revoked, or has never joined.",
        { Key: { } key } => $"{ForeignText.Shown(cause.Message)} Its key is {key}.",
    };

    private async Task JoinAsync(SslStream stream, string peer, Pin key, CancellationToken cancellationToken)
    {
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

    /// <summary>What is known of who comes, before it is let in.</summary>
    private sealed class Visitor
    {
        /// <summary>True when the handshake got so far that it could show a key.</summary>
        public bool SpeaksTls { get; set; }

        public Pin? Key { get; set; }
    }

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
