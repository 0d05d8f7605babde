using System.CommandLine;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary><c>./pistereolink sdcard</c>: writes what a freshly written card needs to start without screen and keyboard.</summary>
internal sealed class SdCardCommand : Command
{
    private readonly Option<string> boot = new("--boot") { Description = "Where the card's first partition is mounted.", HelpName = "DIR", Required = true };
    private readonly Option<string> user = new("--user") { Description = "Who logs in.", HelpName = "NAME", Required = true };
    private readonly Option<string?> passwordFile = new("--password-file") { Description = "A file whose first line is the password. Without it the password is asked for.", HelpName = "FILE" };
    private readonly Option<bool> noPassword = new("--no-password") { Description = "An account that only the key opens; its sudo does not ask." };
    private readonly Option<string> hostname = new("--hostname") { Description = "The Pi's name; it is found as NAME.local.", HelpName = "NAME", Required = true };
    private readonly Option<string?> key = new("--key") { Description = "A public key that may log in; then SSH takes no passwords.", HelpName = "FILE.pub" };
    private readonly Option<string?> wifi = new("--wifi") { Description = "The Wi-Fi to join.", HelpName = "SSID" };
    private readonly Option<string?> wifiPasswordFile = new("--wifi-password-file") { Description = "A file whose first line is the Wi-Fi passphrase. Without it the passphrase is asked for.", HelpName = "FILE" };
    private readonly Option<bool> hidden = new("--hidden") { Description = "The Wi-Fi does not show its name." };
    private readonly Option<bool> wpa3 = new("--wpa3") { Description = "The Wi-Fi takes WPA3 alone. The passphrase then stands on the card as it is." };
    private readonly Option<string?> country = new("--country") { Description = "Where the Wi-Fi is, ISO 3166; needed with --wifi.", HelpName = "XX" };
    private readonly Option<string?> timezone = new("--timezone") { Description = "The Pi's time zone, such as Europe/Berlin.", HelpName = "ZONE" };
    private readonly Option<string?> format = new("--format") { Description = "How the image takes its settings, where the card does not tell: boot-files, userconf, firstrun, cloud-init or preseed.", HelpName = "NAME" };
    private readonly Option<bool> replace = new("--replace") { Description = "Put this in the place of another customisation." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be written, with stars for secrets, and write nothing." };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public SdCardCommand()
        : base("sdcard", """
            Prepare a card with Raspberry Pi OS for its first boot without screen and keyboard: account, name, SSH, Wi-Fi. The card tells which files it takes; docs/sd-card.md has them all.

            Example:
              ./pistereolink sdcard --boot /media/alice/bootfs --user alice --hostname garden-left --key ~/.ssh/id_ed25519.pub --wifi "My network" --country DE
            """)
    {
        foreach (Option option in new Option[] { boot, user, passwordFile, noPassword, hostname, key, wifi, wifiPasswordFile, hidden, wpa3, country, timezone, format, replace, dryRun, json })
            Options.Add(option);
        SetAction(Prepare);
    }

    private int Prepare(ParseResult parsed)
    {
        var partition = new BootPartition(parsed.GetValue(boot)!);
        var image = partition.Recognise(parsed.GetValue(format) is { } asked ? CardImage.FormatNamed(asked) : null);
        var settings = Settings(parsed, partition, image);
        var newInstance = $"pistereolink-{Guid.NewGuid():N}";
        var plan = CardPlan.For(partition, image.Format, settings, () => newInstance);
        if (plan.Foreign.Count > 0 && !parsed.GetValue(replace))
            throw new InvalidDataException($"{partition.Folder} is customised already, by another program or with other settings: {string.Join(", ", plan.Foreign)}. --replace puts this in its place.");
        var changes = plan.Changes(partition);
        var report = new CardReport(partition, image, settings, changes);
        if (parsed.GetValue(dryRun))
        {
            var shown = CardPlan.For(partition, image.Format, settings.Masked, () => newInstance).Files;
            CardReport.Show(shown);
        }
        else
            CardWriter.Write(partition, changes);
        report.Tell(parsed.GetValue(dryRun), parsed.GetValue(json));
        return 0;
    }

    private CardSettings Settings(ParseResult parsed, BootPartition partition, CardImage image)
    {
        var name = CardChecks.User(parsed.GetValue(user)!);
        var host = CardChecks.Hostname(parsed.GetValue(hostname)!);
        var zone = parsed.GetValue(timezone) is { } asked ? CardChecks.Timezone(asked) : null;
        var keys = parsed.GetValue(key) is { } file ? PublicKeys.Read(file) : [];
        if (parsed.GetValue(noPassword) && (keys.Count == 0 || parsed.GetValue(passwordFile) is not null))
            throw new FormatException(keys.Count == 0 ? "--no-password needs a --key, or nobody could log in." : "--no-password and --password-file exclude each other.");
        if (parsed.GetValue(wifi) is null && (parsed.GetValue(hidden) || parsed.GetValue(wpa3) || parsed.GetValue(wifiPasswordFile) is not null))
            throw new FormatException("--hidden, --wpa3 and --wifi-password-file are about a Wi-Fi; --wifi SSID names it.");
        if (parsed.GetValue(country) is { } code)
            CardChecks.Country(code);
        else if (parsed.GetValue(wifi) is not null)
            throw new FormatException("--wifi needs --country XX (ISO 3166), because without a country the Pi keeps its radio off.");
        return new CardSettings(name, Hash(parsed, name, partition, image), host, keys, Wifi(parsed), zone);
    }

    private string? Hash(ParseResult parsed, string name, BootPartition partition, CardImage image)
    {
        if (parsed.GetValue(noPassword))
            return null;
        var password = Secret.Get(parsed.GetValue(passwordFile), $"password of {name}", "--password-file");
        CardChecks.Password(password);
        var there = CardPlan.Customisations.Select(partition.Text).OfType<string>();
        return PasswordHash.AmongThose(password, there) ?? PasswordHash.Of(password, image.KnowsYescrypt);
    }

    private WifiNetwork? Wifi(ParseResult parsed)
    {
        if (parsed.GetValue(wifi) is not { } ssid)
            return null;
        CardChecks.Ssid(ssid);
        var passphrase = Secret.Get(parsed.GetValue(wifiPasswordFile), $"passphrase of the Wi-Fi {ssid}", "--wifi-password-file");
        return WifiNetwork.Of(ssid, passphrase, parsed.GetValue(country)!, parsed.GetValue(hidden), parsed.GetValue(wpa3));
    }
}
