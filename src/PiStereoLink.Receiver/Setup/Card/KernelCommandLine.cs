namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>cmdline.txt: one line of words, of which the kernel gets every one.</summary>
public static class KernelCommandLine
{
    private const string Runs = "systemd.run=", Unit = "systemd.unit=kernel-command-line.target", Country = "cfg80211.ieee80211_regdom=", Source = "ds=";

    /// <summary>The words that have a script run, once, before the system starts.</summary>
    public static string[] Script(string path) => [$"{Runs}{path}", "systemd.run_success_action=reboot", Unit];

    /// <summary>The word that sets the radio's country before anything else can.</summary>
    public static string CountryIs(string country) => Country + country;

    /// <summary>The word that tells cloud-init where its files are, and which set of them this is.</summary>
    public static string CloudInit(string instance) => $"{Source}nocloud;i={instance}";

    /// <summary>The same line with these words for a first boot, in place of earlier ones; nothing else is changed.</summary>
    /// <exception cref="InvalidDataException">It is not one line.</exception>
    public static string With(string text, IReadOnlyCollection<string> words)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != 1)
            throw new InvalidDataException($"cmdline.txt has {lines.Length} lines; one is allowed, because the boot loader reads the first only. Make it one line and run this again.");
        var country = words.Any(word => word.StartsWith(Country, StringComparison.Ordinal));
        var kept = lines[0].Split(' ').Where(word => !IsFirstBoot(word) && !(country && word.StartsWith(Country, StringComparison.Ordinal)));
        return string.Join(' ', kept.Concat(words)) + "\n";
    }

    /// <summary>Whether somebody's script or cloud-init is called from this line.</summary>
    public static bool HasFirstBoot(string text) => text.Split().Any(IsFirstBoot);

    private static bool IsFirstBoot(string word) =>
        word.StartsWith("systemd.run", StringComparison.Ordinal) || word == Unit || word.StartsWith(Source, StringComparison.Ordinal);
}
