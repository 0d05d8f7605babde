using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// Password hashes of the kind $5$, after the public specification "Unix crypt using SHA-256 and SHA-512" (2008): what every Raspberry
/// Pi OS understands, made here because macOS and Windows have no crypt for it.
/// </summary>
public static class Sha256Crypt
{
    /// <summary>The specification's default is 5000, of 2008. This takes a Pi 3 about a third of a second.</summary>
    public const int Rounds = 100_000;

    private const int DefaultRounds = 5000, LeastRounds = 1000, MostRounds = 999_999_999, MostSalt = 16, Size = SHA256.HashSizeInBytes;

    /// <summary>Six bits each, in the order of crypt and not of Base64.</summary>
    internal const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <param name="password">In UTF-8.</param>
    /// <param name="setting"><c>$5$[rounds=N$]SALT</c>; what follows the salt is not looked at.</param>
    public static string Hash(string password, string setting)
    {
        var parts = setting.Split('$');
        var explicitRounds = parts[2].StartsWith("rounds=", StringComparison.Ordinal);
        var rounds = explicitRounds ? Math.Clamp(int.Parse(parts[2].AsSpan(7), CultureInfo.InvariantCulture), LeastRounds, MostRounds) : DefaultRounds;
        var saltText = parts[explicitRounds ? 3 : 2];
        saltText = saltText[..Math.Min(saltText.Length, MostSalt)];
        var prefix = explicitRounds ? string.Create(CultureInfo.InvariantCulture, $"$5$rounds={rounds}$") : "$5$";
        return $"{prefix}{saltText}${Text(Digest(Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(saltText), rounds))}";
    }

    private static byte[] Digest(byte[] key, byte[] salt, int rounds)
    {
        var b = SHA256.HashData([.. key, .. salt, .. key]);
        var a = new List<byte>([.. key, .. salt, .. Repeated(b, key.Length)]);
        for (var bits = key.Length; bits > 0; bits >>= 1)
            a.AddRange((bits & 1) != 0 ? b : key);
        var digest = SHA256.HashData([.. a]);
        var p = Repeated(SHA256.HashData(Copies(key, key.Length)), key.Length);
        var s = Repeated(SHA256.HashData(Copies(salt, 16 + digest[0])), salt.Length);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var round = 0; round < rounds; round++)
        {
            var odd = (round & 1) != 0;
            hash.AppendData(odd ? p : digest);
            if (round % 3 != 0)
                hash.AppendData(s);
            if (round % 7 != 0)
                hash.AppendData(p);
            hash.AppendData(odd ? digest : p);
            hash.GetHashAndReset(digest);
        }
        return digest;
    }

    private static byte[] Repeated(byte[] digest, int length) => [.. Enumerable.Range(0, length).Select(at => digest[at % Size])];

    private static byte[] Copies(byte[] text, int times) => [.. Enumerable.Repeat(text, times).SelectMany(one => one)];

    /// <summary>Three bytes at a time, taken a third of the digest apart and turning, become four digits; the last two become three.</summary>
    private static string Text(byte[] digest)
    {
        var text = new StringBuilder(43);
        for (var (at, first, second, third) = (0, 0, 10, 20); at < 10; at++, (first, second, third) = (third + 1, first + 1, second + 1))
            Append(digest[first], digest[second], digest[third], 4);
        Append(0, digest[31], digest[30], 3);
        return text.ToString();

        void Append(byte high, byte middle, byte low, int digits)
        {
            for (var bits = (high << 16) | (middle << 8) | low; digits-- > 0; bits >>= 6)
                text.Append(Digits[bits & 63]);
        }
    }
}
