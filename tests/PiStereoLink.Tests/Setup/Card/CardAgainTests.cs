using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>Twice, over another one's work, and on a card that is full.</summary>
public class CardAgainTests
{
    [Theory]
    [InlineData("Buster")]
    [InlineData("Bullseye")]
    [InlineData("Bookworm")]
    [InlineData("Trixie")]
    public async Task The_same_again_changes_nothing(string generation)
    {
        using var card = MadeUpCard.Of(generation);
        Assert.True((await card.PreparedAsync()).GetProperty("changed").GetBoolean());
        var before = card.Names.ToDictionary(name => name, name => card[name]);

        Assert.False((await card.PreparedAsync()).GetProperty("changed").GetBoolean());

        Assert.Equal(before, card.Names.ToDictionary(name => name, name => card[name]));
    }

    [Theory]
    [InlineData("Bullseye", "wpa_supplicant.conf")]
    [InlineData("Bookworm", "firstrun.sh")]
    [InlineData("Trixie", "network-config")]
    public async Task Other_settings_need_the_word_replace(string generation, string file)
    {
        using var card = MadeUpCard.Of(generation);
        await card.PreparedAsync();
        var before = card.Names.ToDictionary(name => name, name => card[name]);

        var refused = await card.PrepareAsync("--country", "at", "--wifi-password-file", card.Put("other", "another one"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(file, refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--replace", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(before, card.Names.ToDictionary(name => name, name => card[name]));
    }

    [Fact]
    public async Task What_another_program_wrote_stays_until_it_is_replaced_and_then_goes()
    {
        using var card = MadeUpCard.Trixie;
        card["firstrun.sh"] = "#!/bin/sh\n";
        card["user-data"] = "#cloud-config\nhostname: other\n";
        card["cmdline.txt"] = $"{MadeUpCard.CommandLine} resize usb-storage.quirks=152d:0578:u cfg80211.ieee80211_regdom=US ds=nocloud;i=rpi-imager-1 systemd.run=/boot/firstrun.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target\n";
        var refused = await card.PrepareAsync();
        Assert.Contains("customised already, by another program or with other settings: firstrun.sh, user-data. --replace", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("#cloud-config\nhostname: other\n", card["user-data"]);

        await card.PreparedAsync("--replace");

        Assert.DoesNotContain("firstrun.sh", card.Names);
        Assert.Contains("garden-left", card["user-data"], StringComparison.Ordinal);
        Assert.Matches($"^{MadeUpCard.CommandLine} resize usb-storage.quirks=152d:0578:u cfg80211.ieee80211_regdom=DE ds=nocloud;i=pistereolink-[0-9a-f]*\n\\z", card["cmdline.txt"]);
    }

    [Fact]
    public async Task Other_settings_for_cloud_init_are_another_instance()
    {
        using var card = MadeUpCard.Trixie;
        await card.PreparedAsync();
        var before = card["meta-data"];
        await card.PreparedAsync("--hidden", "--replace");
        Assert.NotEqual(before, card["meta-data"]);
    }

    [Fact]
    public async Task A_full_card_is_left_as_it_was()
    {
        using var card = MadeUpCard.Bookworm;
        var before = card.Names.ToDictionary(name => name, name => card[name]);
        await using var disk = await SmallDisk.MountAsync(card.Folder, 1);
        foreach (var (name, text) in before)
            card[name] = text;
        disk.Fill(Path.Combine(card.Folder, "kernel8.img"));

        var outcome = await card.PrepareAsync();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal([.. before.Keys.Append("kernel8.img").Order(StringComparer.Ordinal)], card.Names);
        Assert.Equal(before["cmdline.txt"], card["cmdline.txt"]);
    }

    [Fact]
    public async Task A_command_line_of_two_lines_is_not_guessed_at()
    {
        using var card = MadeUpCard.Bookworm;
        card["cmdline.txt"] += "more\n";
        var outcome = await card.PrepareAsync();
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("cmdline.txt has 2 lines", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("firstrun.sh", card.Names);
    }
}
