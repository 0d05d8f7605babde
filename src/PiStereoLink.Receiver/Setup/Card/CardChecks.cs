using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>What a Pi would refuse, or take and then not start with, is refused here with a sentence.</summary>
public static partial class CardChecks
{
    private const int MostSsidBytes = 32, LeastPassphrase = 8, MostPassphrase = 63, MostUserLetters = 32;

    /// <summary>Accounts that the image has already.</summary>
    private static readonly string[] SystemUsers =
    [
        "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data", "backup", "list", "irc",
        "gnats", "nobody", "sshd", "messagebus", "avahi", "lightdm", "rtkit", "colord", "saned", "pulse", "polkitd", "rpi-first-boot-wizard",
    ];

    /// <summary>The rules of Raspberry Pi OS's userconf, which are narrower than those of useradd.</summary>
    /// <exception cref="FormatException">Every one of these methods throws it.</exception>
    public static string User(string name) => !UserName.IsMatch(name) || name.Length > MostUserLetters
        ? throw new FormatException($"--user {name}: a lower-case letter, then lower-case letters, digits and hyphens, at most {MostUserLetters} in all, are allowed.")
        : SystemUsers.Contains(name) ? throw new FormatException($"--user {name}: the system has an account of this name for itself; choose another.") : name;

    public static string Hostname(string name) => HostName.IsMatch(name)
        ? name
        : throw new FormatException($"--hostname {name}: letters a-z, digits and hyphens, 1 to 63, with no hyphen first or last and no dots (RFC 1123), are allowed; .local comes by itself.");

    public static string Country(string code) => CountryCodes.Has(code.ToUpperInvariant())
        ? code.ToUpperInvariant()
        : throw new FormatException($"--country {code}: a country's two letters of ISO 3166 are needed, as DE, US or GB{(code.Equals("uk", StringComparison.OrdinalIgnoreCase) ? " (for the United Kingdom)" : "")}.");

    public static string Timezone(string name) => !ZoneName.IsMatch(name)
        ? throw new FormatException($"--timezone {name}: a name of the tz database is needed, as Europe/Berlin or Etc/UTC.")
        : Directory.Exists("/usr/share/zoneinfo/Europe") && !File.Exists($"/usr/share/zoneinfo/{name}") ? throw new FormatException($"--timezone {name}: the tz database has no zone of this name; `timedatectl list-timezones` lists them, as Europe/Berlin.") : name;

    public static void Ssid(string ssid)
    {
        if (Encoding.UTF8.GetByteCount(ssid) is not (> 0 and <= MostSsidBytes) and var bytes)
            throw new FormatException($"--wifi {ssid}: the name of a network has 1 to {MostSsidBytes} bytes, and this one has {bytes}.");
        Writable(ssid, "--wifi: the name of the network");
    }

    public static void Passphrase(string passphrase, bool wpa3)
    {
        var bytes = Encoding.UTF8.GetByteCount(passphrase);
        Writable(passphrase, "The Wi-Fi passphrase");
        if (!wpa3 && HexKey.IsMatch(passphrase))
            return;
        if (bytes is < LeastPassphrase or > MostPassphrase)
            throw new FormatException($"The Wi-Fi passphrase has {bytes} bytes; {LeastPassphrase} to {MostPassphrase}{(wpa3 ? "" : ", or a key of 64 hexadecimal digits,")} are allowed.");
    }

    public static void Password(string password)
    {
        Writable(password, "The password");
        if (password.Length == 0)
            throw new FormatException("The password is empty; give one, or --no-password with a --key.");
        if (password == "raspberry")
            throw new FormatException("The password is the one that every Raspberry Pi once had, and the first that is tried; choose another.");
    }

    /// <summary>None of the files can hold a line end in a value, and YAML has its own idea of what one is.</summary>
    private static void Writable(string text, string what)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                throw new FormatException($"{what} has the character U+{rune.Value:X4}; printable ones are allowed.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex UserName { get; }

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex HostName { get; }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZoneName { get; }

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex HexKey { get; }
}
