using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>The one receiver that this Pi talks to, known by its key, and the key that this Pi is known by.</summary>
public sealed class PinnedReceiver(X509Certificate2 own, Pin receiver)
{
    /// <summary>The receiver of a pairing.</summary>
    /// <exception cref="StateException">The key cannot be read.</exception>
    public static PinnedReceiver Of(Pairing pairing, string stateFolder)
    {
        ArgumentNullException.ThrowIfNull(pairing);
        return new PinnedReceiver(AgentKey.In(stateFolder), pairing.Receiver);
    }

    /// <summary>Makes sure of the other end, and shows our key; nothing else is said before.</summary>
    /// <param name="connection">The connection; the result disposes it, and so does a failure.</param>
    /// <param name="protocol">What to speak inside.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TrustException">It is somebody else, or no TLS.</exception>
    public async Task<SslStream> AuthenticateAsync(Stream connection, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        var stream = new SslStream(connection);
        Pin? shown = null;
        var options = PinnedTls.Client(own, receiver, protocol);
        var isReceiver = options.RemoteCertificateValidationCallback!;
        options.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            shown = certificate is X509Certificate2 known ? Pin.Of(known) : null;
            return isReceiver(sender, certificate, chain, errors);
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken);
            PinnedTls.Require(stream, protocol);
            return stream;
        }
        catch (Exception e)
        {
            await stream.DisposeAsync();
            if (e is not (AuthenticationException or IOException))
                throw;
            throw shown is { } key && key != receiver
                ? new TrustException($"its key is {key}, and this Pi is paired with {receiver}. If the receiver was set up anew, run receiver invite there and agent join here; if not, somebody else answers at this address.", e) { OtherKey = key }
                : new TrustException($"it does not speak our TLS: {ForeignText.Shown(e.Message.TrimEnd('.'))}. Is this the receiver's TLS port, {PinnedTls.DefaultPort} unless changed?", e);
        }
    }
}
