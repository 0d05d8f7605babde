using System.Text.Json;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>A folder with what tells one generation's boot partition from another's, and the real command run on it.</summary>
internal sealed class MadeUpCard : IDisposable
{
    /// <summary>The example of IEEE 802.11i, annex H.4.3: this name and this passphrase make the key that every card here must have.</summary>
    public const string Ssid = "IEEE", Passphrase = "password", Key = "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e";

    public const string Password = "pass word'\"$x", PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMw5jFCBj7BSrYsfiJLB2ttXl9/6DhYv9l5gHvQ5J30X al's key";

    public const string CommandLine = "console=serial0,115200 console=tty1 root=PARTUUID=deadbeef-02 rootfstype=ext4 fsck.repair=yes rootwait";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("psl-card-");

    private MadeUpCard(string date, string config, string words)
    {
        Directory.CreateDirectory(Folder);
        this["issue.txt"] = $"Raspberry Pi reference {date}\nGenerated using pi-gen, https://github.com/RPi-Distro/pi-gen, 0123456789, stage2\n";
        this["config.txt"] = $"# For more options and information see\n{config}\n";
        this["cmdline.txt"] = $"{CommandLine}{words}\n";
        Put("password", Password + "\n");
        Put("passphrase", Passphrase + "\r\n");
        Put("key.pub", PublicKey + "\n");
    }

    public static MadeUpCard Buster => new("2021-05-07", "dtparam=audio=on", " quiet init=/usr/lib/raspi-config/init_resize.sh");

    public static MadeUpCard Bullseye => new("2023-05-03", "camera_auto_detect=1", " quiet init=/usr/lib/raspberrypi-sys-mods/firstboot");

    public static MadeUpCard Bookworm => new("2024-11-19", "camera_auto_detect=1\nauto_initramfs=1", " quiet init=/usr/lib/raspberrypi-sys-mods/firstboot");

    public static MadeUpCard Newest => new("2026-09-01", "camera_auto_detect=1\nauto_initramfs=1", " resize");

    public static MadeUpCard Trixie
    {
        get
        {
            var card = Newest;
            card["user-data"] = "#cloud-config\n\n# An example:\n#hostname: raspberrypi\n";
            card["network-config"] = "# network:\n#  version: 2\n";
            card["meta-data"] = "dsmode: local\ninstance_id: rpios-image\n";
            return card;
        }
    }

    /// <summary>Where the boot partition is.</summary>
    public string Folder => Path.Combine(root.FullName, "boot");

    public string[] Names => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public string this[string name]
    {
        get => File.ReadAllText(Path.Combine(Folder, name));
        set => File.WriteAllText(Path.Combine(Folder, name), value);
    }

    public static MadeUpCard Of(string generation) => generation switch
    {
        "Buster" => Buster,
        "Bullseye" => Bullseye,
        "Bookworm" => Bookworm,
        "Trixie" => Trixie,
        _ => Newest,
    };

    /// <summary>A file beside the card.</summary>
    public string Put(string name, string text)
    {
        var path = Path.Combine(root.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The usual command: account, key, Wi-Fi, time zone; what a test gives takes the place of the usual, or is added.</summary>
    public Task<Tool.Outcome> PrepareAsync(params string[] more)
    {
        string[] usual =
        [
            "--user", "alice", "--password-file", Beside("password"), "--hostname", "garden-left", "--key", Beside("key.pub"),
            "--wifi", Ssid, "--wifi-password-file", Beside("passphrase"), "--country", "de", "--timezone", "Europe/Berlin",
        ];
        return RunAsync([.. usual.Chunk(2).Where(pair => !more.Any(word => word.Split('=')[0] == pair[0])).SelectMany(pair => pair), .. more]);
    }

    public Task<Tool.Outcome> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["setup", "sdcard", "--boot", Folder, .. arguments]);

    /// <summary>The usual command, which must succeed, and its last line.</summary>
    public async Task<JsonElement> PreparedAsync(params string[] more)
    {
        var outcome = await PrepareAsync([.. more, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        using var document = JsonDocument.Parse(outcome.Output.TrimEnd('\n').Split('\n')[^1]);
        return document.RootElement.Clone();
    }

    public string Beside(string name) => Path.Combine(root.FullName, name);

    public void Dispose() => root.Delete(recursive: true);
}
