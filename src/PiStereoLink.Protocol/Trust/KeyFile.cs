using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PiStereoLink.Protocol;

/// <summary>The key that one end is known by: ECDSA P-256 in a certificate that it signed itself, in a file of its owner's alone (0600).</summary>
public static class KeyFile
{
    private const string EcParameters = "EC PRIVATE KEY", Subject = "CN=PiStereoLink";

    /// <summary>Nobody looks at the dates; the certificate needs some.</summary>
    private static readonly DateTimeOffset From = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), To = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The key in this file, made at the first call. The file appears whole.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static X509Certificate2 LoadOrMake(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            Write(path);
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path), File.ReadAllText(path));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{path} holds no certificate with its key. Delete it and pair again: a new one is made, which nobody knows yet.", e);
        }
    }

    private static void Write(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(From, To);
        try
        {
            PrivateFile.Write(path, $"{certificate.ExportCertificatePem()}\n{PemEncoding.WriteString(EcParameters, key.ExportECPrivateKey())}\n");
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key is the one.
        }
    }
}
