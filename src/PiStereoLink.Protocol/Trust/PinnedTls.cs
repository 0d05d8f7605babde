using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PiStereoLink.Protocol;

/// <summary>
/// TLS 1.2 or 1.3 between two ends that know each other's key: both show a certificate, and nothing of it counts but the key. Chains, names and
/// dates are not looked at, on purpose (measured: checked by date, a link fails exactly after a power cut, when the Pi's clock is behind).
/// </summary>
public static class PinnedTls
{
    /// <summary>What the two ends speak inside.</summary>
    public static SslApplicationProtocol Protocol { get; } = new("psl/1");

    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The receiver's side.</summary>
    /// <param name="own">Its certificate with the key.</param>
    /// <param name="isKnown">Whether an agent with this key may come in; asked at every handshake, so that one that is revoked is out.</param>
    public static SslServerAuthenticationOptions Server(X509Certificate2 own, Func<Pin, bool> isKnown) => new()
    {
        ServerCertificate = own,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Versions,
        ApplicationProtocols = [Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,             // a resumed session would not ask for the key again
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsKnown(certificate, isKnown),
    };

    /// <summary>The agent's side.</summary>
    /// <param name="own">Its certificate with the key.</param>
    /// <param name="receiver">The only key that is accepted at the other end.</param>
    public static SslClientAuthenticationOptions Client(X509Certificate2 own, Pin receiver) => new()
    {
        TargetHost = "",
        ClientCertificates = [own],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => own,     // whatever issuers the other end would like
        EnabledSslProtocols = Versions,
        ApplicationProtocols = [Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsKnown(certificate, pin => pin == receiver),
    };

    /// <summary>To be called after the handshake: a peer that named no protocol has got through it, but does not speak ours.</summary>
    /// <exception cref="AuthenticationException">It is another protocol, or none.</exception>
    public static void Require(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.NegotiatedApplicationProtocol != Protocol)
            throw new AuthenticationException($"The other end speaks '{stream.NegotiatedApplicationProtocol}' inside TLS, not {Protocol}.");
    }

    private static bool IsKnown(X509Certificate? certificate, Func<Pin, bool> isKnown) =>
        certificate is X509Certificate2 shown && isKnown(Pin.Of(shown));
}
