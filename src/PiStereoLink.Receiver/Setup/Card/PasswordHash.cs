using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>A password as /etc/shadow has it: the strongest kind that the image understands and this machine can make.</summary>
public static partial class PasswordHash
{
    private const int SaltDigits = 16;

    public static string Of(string password, bool yescrypt) =>
        (yescrypt ? SystemCrypt.Yescrypt(password) : null)
        ?? Sha256Crypt.Hash(password, $"$5$rounds={Sha256Crypt.Rounds}${RandomNumberGenerator.GetString(Sha256Crypt.Digits, SaltDigits)}$");

    /// <summary>The first hash in these texts that is of this password: writing the same again is then no change.</summary>
    public static string? AmongThose(string password, IEnumerable<string> texts) =>
        texts.SelectMany(text => Hashes.Matches(text)).Select(match => match.Value).FirstOrDefault(hash => IsOf(password, hash));

    private static bool IsOf(string password, string hash) =>
        (hash.StartsWith("$5$", StringComparison.Ordinal) ? Sha256Crypt.Hash(password, hash) : SystemCrypt.Hash(password, hash)) == hash;

    [GeneratedRegex(@"\$(?:y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}|5(?:\$rounds=[0-9]{4,9})?\$[./A-Za-z0-9]{1,16})\$[./A-Za-z0-9]{43}")]
    private static partial Regex Hashes { get; }
}
