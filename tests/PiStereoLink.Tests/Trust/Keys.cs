using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PiStereoLink.Tests.Trust;

/// <summary>Certificates for tests.</summary>
internal static class Keys
{
    /// <summary>A new key in a certificate that is valid in these years from now.</summary>
    public static X509Certificate2 Made(int fromYears = -1, int toYears = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(fromYears), DateTimeOffset.UtcNow.AddYears(toYears));
    }
}
