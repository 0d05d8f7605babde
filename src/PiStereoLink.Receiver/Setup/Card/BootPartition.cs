using System.Globalization;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>The FAT partition that a Raspberry Pi starts from, mounted somewhere.</summary>
public sealed partial class BootPartition
{
    /// <summary>The first Trixie still took firstrun.sh; pi-gen got cloud-init in the night before.</summary>
    private static readonly DateOnly FirstTrixie = new(2025, 10, 1);

    private static readonly DateOnly FirstBookworm = new(2023, 10, 10);

    private static readonly DateOnly FirstBuster = new(2019, 6, 20), FirstUserConf = new(2022, 4, 4);

    private static readonly string[] Needed = ["config.txt", "cmdline.txt", "issue.txt"];

    private readonly string issue;

    /// <exception cref="InvalidDataException">It is something else.</exception>
    public BootPartition(string folder)
    {
        Folder = folder;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"--boot {folder}: there is no such folder. The card's first partition is called bootfs or boot: /media/USER/bootfs on Linux, /Volumes/bootfs on macOS, a letter such as E:\\ on Windows.");
        var missing = Needed.Where(name => !Has(name)).ToArray();
        if (missing.Length > 0)
            throw new InvalidDataException($"{folder} is no boot partition of Raspberry Pi OS: looked for config.txt, cmdline.txt and issue.txt, and {string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} not there. Write Raspberry Pi OS on the card first, then give the folder where its first partition is mounted.");
        issue = Text("issue.txt")!;
    }

    public string Folder { get; }

    public bool Has(string name) => File.Exists(PathOf(name));

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>What stands in a file, or null without it.</summary>
    public string? Text(string name) => Has(name) ? File.ReadAllText(PathOf(name)) : null;

    /// <summary>What wrote this partition.</summary>
    /// <param name="asked">The format that the user knows it to take, or null to find out.</param>
    /// <exception cref="InvalidDataException">It is not known.</exception>
    public CardImage Recognise(FirstBootFormat? asked = null)
    {
        if (Reference.Match(issue) is not { Success: true } reference ||
            !DateOnly.TryParseExact(reference.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new InvalidDataException($"{PathOf("issue.txt")} begins with \"{issue.Split('\n')[0].Trim()}\"; \"Raspberry Pi reference\" and a date is what Raspberry Pi OS has there, and nothing else is understood.");
        var (release, format) = asked is { } known ? ("as told", known) : Known(date);
        return new CardImage(release, date, format);
    }

    private (string Release, FirstBootFormat Format) Known(DateOnly date)
    {
        // The date alone does not tell: Buster and Bullseye were still made, as "legacy", when their successors were out.
        var config = Text("config.txt")!;
        if (!IsBookwormOrLater(config, date))
            return !CameraDetection.IsMatch(config)
                ? date >= FirstBuster ? ("Buster", FirstBootFormat.BootFiles) : throw Unknown(date, "Buster, of June 2019, is the oldest that is understood")
                : ("Bullseye", date >= FirstUserConf ? FirstBootFormat.UserConf : FirstBootFormat.BootFiles);
        if (Has("rpi-preseed.toml") || Directory.Exists(PathOf("rpi-preseed")))
            return ("Trixie", FirstBootFormat.Preseed);
        if (Has("user-data") && Has("meta-data"))
            return ("Trixie", FirstBootFormat.CloudInit);
        var words = Text("cmdline.txt")!.Split();
        if (words.Contains("init=/usr/lib/raspberrypi-sys-mods/firstboot"))
            return ("Bookworm", FirstBootFormat.FirstRun);
        return date <= FirstTrixie
            ? (words.Contains("resize") ? "Trixie" : "Bookworm", FirstBootFormat.FirstRun)
            : throw Unknown(date, "neither user-data and meta-data (cloud-init), nor rpi-preseed.toml, nor init=/usr/lib/raspberrypi-sys-mods/firstboot in cmdline.txt (Bookworm) is there; if you know which it takes, say --format cloud-init, preseed or firstrun");
    }

    /// <summary>Bookworm was the first for the Pi 5. Where the boards' files are not there at all, its date is what is left to go by.</summary>
    private bool IsBookwormOrLater(string config, DateOnly date) => Initramfs.IsMatch(config) || Has("initramfs8") || Has("bcm2712-rpi-5-b.dtb")
        || (date >= FirstBookworm && !Has("bcm2711-rpi-4-b.dtb"));

    private InvalidDataException Unknown(DateOnly date, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Folder} has a Raspberry Pi OS of {date:yyyy-MM-dd} that is not understood: {reason}."));

    [GeneratedRegex(@"^\s*Raspberry Pi reference (\d{4}-\d{2}-\d{2})\b")]
    private static partial Regex Reference { get; }

    // Switched off by a # they still tell the generation.
    [GeneratedRegex(@"^\s*#?\s*auto_initramfs=", RegexOptions.Multiline)]
    private static partial Regex Initramfs { get; }

    [GeneratedRegex(@"^\s*#?\s*camera_auto_detect=", RegexOptions.Multiline)]
    private static partial Regex CameraDetection { get; }
}
