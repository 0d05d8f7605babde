using System.Security.Cryptography;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Web;

/// <summary>What a visitor must know where the pages can be opened from other machines: 128 random bits, made once and kept.</summary>
public sealed class WebSecret
{
    private const string FileName = "web-secret";
    private const int Bytes = 16;

    private readonly byte[] digest;

    private WebSecret(string text)
    {
        Text = text;
        digest = Digest(text);
        Cookie = Convert.ToHexStringLower(digest);
    }

    /// <summary>32 hex digits.</summary>
    public string Text { get; }

    /// <summary>What a browser keeps: it opens the pages, but does not tell the secret.</summary>
    public string Cookie { get; }

    /// <summary>The secret of this folder, made at the first call; the file is its owner's alone (0600).</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static WebSecret In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            PrivateFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) + "\n");
        }
        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigitLower) ? new WebSecret(text) : throw new InvalidDataException(
            $"{path} holds no secret of the pages: {2 * Bytes} hex digits are one. Delete the file, and a new one is made.");
    }

    /// <summary>Compares in a time that does not tell how much was right.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Digest(given), digest);

    /// <inheritdoc cref="Is"/>
    public bool IsCookie(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Cookie));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
