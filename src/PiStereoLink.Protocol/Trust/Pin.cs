using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PiStereoLink.Protocol;

/// <summary>
/// Who a peer is: the SHA-256 of its public key (the certificate's SubjectPublicKeyInfo, as RFC 7469 pins it). Names and dates of a
/// certificate say nothing: a Pi without a clock boots in the past.
/// </summary>
public readonly record struct Pin
{
    private const int Bytes = SHA256.HashSizeInBytes;

    private readonly string? text;

    private Pin(string text) => this.text = text;

    /// <summary>The pin of a certificate's key.</summary>
    public static Pin Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new Pin(Base64Url.EncodeToString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>Reads the 43 characters of <see cref="ToString"/>.</summary>
    public static bool TryParse(string? given, out Pin pin)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var isPin = given is not null && Base64Url.TryDecodeFromChars(given, bytes, out var count) && count == Bytes;
        // Base64 lets the last character be written in four ways: one of them is the pin.
        pin = isPin ? new Pin(Base64Url.EncodeToString(bytes)) : default;
        return isPin;
    }

    /// <summary>43 characters of base64url.</summary>
    public override string ToString() => text ?? "";
}
