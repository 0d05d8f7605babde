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
    /// <summary>What two ends that are paired speak inside: frames.</summary>
    public static SslApplicationProtocol Protocol { get; } = new("psl/1");

    /// <summary>What an agent speaks inside that is not known yet and has a token: one question, one answer.</summary>
    public static SslApplicationProtocol JoinProtocol { get; } = new("psl-join/1");

    /// <summary>The TLS port unless another is agreed on.</summary>
    public const int DefaultPort = 8443;

    /// <summary>.NET builds a chain in any case: of nothing, and never with a download from an address that a stranger's certificate names.</summary>
    private static X509ChainPolicy NoChain => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>A receiver's certificate, made ready once for all handshakes.</summary>
    public static SslStreamCertificateContext Ready(X509Certificate2 own) => SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);

    /// <summary>The receiver's side.</summary>
    /// <param name="own">Its certificate with the key (<see cref="Ready"/>).</param>
    /// <param name="isKnown">Whether an agent with this key may come in; asked at every handshake, so that one that is revoked is out.</param>
    /// <param name="joins">True: whoever has a key, and says that it has a token, may ask; see <see cref="JoinProtocol"/>.</param>
    public static SslServerAuthenticationOptions Server(SslStreamCertificateContext own, Func<Pin, bool> isKnown, bool joins = false) => new()
    {
        ServerCertificateContext = own,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Versions,
        ApplicationProtocols = joins ? [Protocol, JoinProtocol] : [Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,             // a resumed session would not ask for the key again
        CertificateChainPolicy = NoChain,
        RemoteCertificateValidationCallback = (sender, certificate, _, _) =>
            IsKnown(certificate, joins && ((SslStream)sender).NegotiatedApplicationProtocol == JoinProtocol ? static _ => true : isKnown),
    };

    /// <summary>The agent's side.</summary>
    /// <param name="own">Its certificate with the key.</param>
    /// <param name="receiver">The only key that is accepted at the other end.</param>
    /// <param name="protocol">What to speak inside; <see cref="Protocol"/> when not given.</param>
    public static SslClientAuthenticationOptions Client(X509Certificate2 own, Pin receiver, SslApplicationProtocol? protocol = null) => new()
    {
        TargetHost = "",
        ClientCertificates = [own],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => own,     // whatever issuers the other end would like
        EnabledSslProtocols = Versions,
        ApplicationProtocols = [protocol ?? Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateChainPolicy = NoChain,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsKnown(certificate, pin => pin == receiver),
    };

    /// <summary>To be called after the handshake: a peer that named no protocol has got through it, but does not speak ours.</summary>
    /// <exception cref="AuthenticationException">It is another protocol, or none.</exception>
    public static void Require(SslStream stream, SslApplicationProtocol? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.NegotiatedApplicationProtocol != (protocol ?? Protocol))
            throw new AuthenticationException($"The other end speaks '{stream.NegotiatedApplicationProtocol}' inside TLS, not {protocol ?? Protocol}.");
    }

    private static bool IsKnown(X509Certificate? certificate, Func<Pin, bool> isKnown) =>
        certificate is X509Certificate2 shown && isKnown(Pin.Of(shown));
}
