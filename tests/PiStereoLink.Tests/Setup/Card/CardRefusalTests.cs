using PiStereoLink.Receiver.Setup.Card;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>What a Pi would stumble over is said before anything is written.</summary>
public class CardRefusalTests
{
    [Theory]
    [InlineData(2, "--user Alice: a lower-case letter, then", "--user", "Alice")]
    [InlineData(2, "--user root: the system has an account of this name", "--user", "root")]
    [InlineData(2, "--hostname garden.left: letters", "--hostname", "garden.left")]
    [InlineData(2, "--hostname -a: letters", "--hostname=-a")]
    [InlineData(2, "--country uk: a country's two letters of ISO 3166 are needed, as DE, US or GB (for the United Kingdom).", "--country", "uk")]
    [InlineData(2, "--timezone Berlin/../x: a name of the tz database", "--timezone", "Berlin/../x")]
    [InlineData(2, "--wifi üüüüüüüüüüüüüüüüü: the name of a network has 1 to 32 bytes, and this one has 34.", "--wifi", "üüüüüüüüüüüüüüüüü")]
    [InlineData(2, "--wifi: the name of the network has the character U+000A", "--wifi", "a\nb")]
    [InlineData(2, "--format windows: boot-files, userconf, firstrun, cloud-init, preseed are allowed.", "--format", "windows")]
    [InlineData(1, "/nowhere.pub: there is no such file; `ssh-keygen", "--key", "/nowhere.pub")]
    public async Task A_wrong_value_is_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        using var card = MadeUpCard.Bookworm;
        var before = card.Names;
        var outcome = await card.PrepareAsync(arguments);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(before, card.Names);
    }

    [Theory]
    [InlineData("password", "raspberry\n", "The password is the one that every Raspberry Pi once had")]
    [InlineData("password", "\n", "The password is empty")]
    [InlineData("passphrase", "seven77\n", "The Wi-Fi passphrase has 7 bytes; 8 to 63, or a key of 64 hexadecimal digits, are allowed.")]
    [InlineData("key.pub", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n", "is a private key, which never leaves this machine")]
    [InlineData("key.pub", "ssh-ed25519 AAAAC3NzaC1yc2EAAAA x\n", "is no OpenSSH public key")]
    [InlineData("key.pub", "command=\"ls\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMw5jFCBj7BSrYsfiJLB2ttXl9/6DhYv9l5gHvQ5J30X\n", "is no OpenSSH public key")]
    [InlineData("key.pub", "\n", "holds no key")]
    public async Task A_wrong_file_is_a_sentence(string name, string text, string sentence)
    {
        using var card = MadeUpCard.Bookworm;
        card.Put(name, text);
        var outcome = await card.PrepareAsync();
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("firstrun.sh", card.Names);
    }

    [Theory]
    [InlineData("--wifi needs --country", "--wifi", "x")]
    [InlineData("--no-password needs a --key", "--no-password")]
    [InlineData("--hidden, --wpa3 and --wifi-password-file are about a Wi-Fi", "--hidden")]
    public async Task Options_that_need_another_say_so(string sentence, params string[] arguments)
    {
        using var card = MadeUpCard.Bookworm;
        var outcome = await card.RunAsync(["--user", "alice", "--hostname", "one", .. arguments]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_boot_partition_is_told_what_was_looked_for()
    {
        using var card = MadeUpCard.Bookworm;
        File.Delete(Path.Combine(card.Folder, "issue.txt"));
        Assert.Contains("looked for config.txt, cmdline.txt and issue.txt, and issue.txt is not there", Assert.Throws<InvalidDataException>(() => new BootPartition(card.Folder)).Message, StringComparison.Ordinal);
        card["issue.txt"] = "Ubuntu 24.04\n";
        Assert.Contains("begins with \"Ubuntu 24.04\"", Assert.Throws<InvalidDataException>(() => new BootPartition(card.Folder).Recognise()).Message, StringComparison.Ordinal);
        Assert.Contains("/media/USER/bootfs", Assert.Throws<DirectoryNotFoundException>(() => new BootPartition(card.Beside("not-there"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_does_not_tell_what_it_takes_is_not_guessed_at()
    {
        using var card = MadeUpCard.Newest;
        Assert.Contains("neither user-data and meta-data (cloud-init), nor rpi-preseed.toml", Assert.Throws<InvalidDataException>(() => new BootPartition(card.Folder).Recognise()).Message, StringComparison.Ordinal);
        card["issue.txt"] = "Raspberry Pi reference 2018-11-13\n";
        card["config.txt"] = "dtparam=audio=on\n";
        Assert.Contains("Buster, of June 2019, is the oldest", Assert.Throws<InvalidDataException>(() => new BootPartition(card.Folder).Recognise()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-10-01", "auto_initramfs=1", " resize", "Trixie", FirstBootFormat.FirstRun)]
    [InlineData("2026-04-21", "auto_initramfs=1", " init=/usr/lib/raspberrypi-sys-mods/firstboot", "Bookworm", FirstBootFormat.FirstRun)]
    [InlineData("2024-10-22", "#camera_auto_detect=1", "", "Bullseye", FirstBootFormat.UserConf)]
    [InlineData("2022-01-28", "camera_auto_detect=1", "", "Bullseye", FirstBootFormat.BootFiles)]
    [InlineData("2023-05-03", "start_x=1", "", "Buster", FirstBootFormat.BootFiles)]
    public void The_files_tell_the_generation_where_the_date_does_not(string date, string config, string words, string release, FirstBootFormat format)
    {
        using var card = MadeUpCard.Bookworm;
        card["issue.txt"] = $"Raspberry Pi reference {date}\n";
        card["config.txt"] = config + "\n";
        card["cmdline.txt"] = MadeUpCard.CommandLine + words + "\n";
        card["bcm2711-rpi-4-b.dtb"] = "of every generation since Buster";
        Assert.Equal(new CardImage(release, DateOnly.Parse(date, null), format), new BootPartition(card.Folder).Recognise());
    }

    [Theory]
    [InlineData("2024-07-04", "bcm2711-rpi-4-b.dtb", "Bullseye", FirstBootFormat.UserConf)]
    [InlineData("2024-07-04", "bcm2712-rpi-5-b.dtb", "Bookworm", FirstBootFormat.FirstRun)]
    [InlineData("2024-07-04", "initramfs8", "Bookworm", FirstBootFormat.FirstRun)]
    [InlineData("2024-07-04", "none", "Bookworm", FirstBootFormat.FirstRun)]
    [InlineData("2023-05-03", "none", "Bullseye", FirstBootFormat.UserConf)]
    public void Where_config_txt_was_written_anew_the_boards_files_tell_and_without_them_the_date(string date, string file, string release, FirstBootFormat format)
    {
        using var card = MadeUpCard.Bullseye;
        card["issue.txt"] = $"Raspberry Pi reference {date}\n";
        card[file] = "";
        Assert.Equal(new CardImage(release, DateOnly.Parse(date, null), format), new BootPartition(card.Folder).Recognise());
    }

    [Fact]
    public async Task WPA3_alone_is_beyond_the_old_systems()
    {
        using var card = MadeUpCard.Bullseye;
        Assert.Contains("Buster and Bullseye cannot join", (await card.PrepareAsync("--wpa3")).Errors, StringComparison.Ordinal);
    }
}
