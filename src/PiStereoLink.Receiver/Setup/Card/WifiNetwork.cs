using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>The Wi-Fi that a Pi joins.</summary>
/// <param name="Ssid">Its name, 1 to 32 bytes of UTF-8.</param>
/// <param name="Key">The pre-shared key, 64 hexadecimal digits; with <paramref name="Wpa3"/> the passphrase itself.</param>
/// <param name="Country">Where it is used, ISO 3166: without one the radio stays off.</param>
/// <param name="Hidden">It does not say its name, so the Pi has to ask for it.</param>
/// <param name="Wpa3">It takes WPA3 (SAE) alone.</param>
public sealed partial record WifiNetwork(string Ssid, string Key, string Country, bool Hidden, bool Wpa3)
{
    /// <summary>The name needs no quoting in any of the files.</summary>
    public bool IsPlain => Plain.IsMatch(Ssid);

    /// <summary>The name's bytes in hexadecimal.</summary>
    public string SsidHex => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Ssid));

    /// <summary>The name's bytes as NetworkManager lists them.</summary>
    public string SsidBytes => string.Concat(Encoding.UTF8.GetBytes(Ssid).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one};")));

    /// <summary>
    /// A WPA2 passphrase is replaced by the key made of it, so that it does not stand on the card: PBKDF2 with HMAC-SHA1, the name as
    /// salt, 4096 rounds, 256 bits (IEEE 802.11i, annex H.4). SAE proves the passphrase itself, so WPA3 has to keep it.
    /// </summary>
    public static WifiNetwork Of(string ssid, string passphrase, string country, bool hidden, bool wpa3)
    {
        CardChecks.Ssid(ssid);
        CardChecks.Passphrase(passphrase, wpa3);
        return new WifiNetwork(ssid, wpa3 ? passphrase : KeyOf(ssid, passphrase), CardChecks.Country(country), hidden, wpa3);
    }

#pragma warning disable CA5379 // Weak hash: SHA-1 is what the standard prescribes here.
    private static string KeyOf(string ssid, string passphrase) => passphrase.Length == 64
        ? passphrase.ToLowerInvariant()
        : Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase), Encoding.UTF8.GetBytes(ssid), 4096, HashAlgorithmName.SHA1, 32));
#pragma warning restore CA5379

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9._-])?\z")]
    private static partial Regex Plain { get; }
}
